/** How AWS scales, in numbers. Where AWS does not say, the number is a setting with a default. */
export interface AwsBehavior {
  /** Length of a metric period, and of the pause between two evaluations of an alarm. */
  readonly periodSeconds: number;
  /** Datapoints above the target, of as many, that raise the high alarm. */
  readonly highDatapoints: number;
  /** Datapoints below the low threshold, of as many, that raise the low alarm. */
  readonly lowDatapoints: number;
  /** The low threshold as a share of the target. */
  readonly lowThresholdShare: number;
  /** Periods that an alarm looks back beyond its evaluation periods, to fill gaps. */
  readonly spareDatapoints: number;
  /** From the end of a metric period until an alarm can see its datapoint. */
  readonly metricDelaySeconds: Range;
  /** Whether scaling in takes one task at a time or goes straight to the computed count. */
  readonly scaleInStep: 'one-task' | 'proportional';
  /** From the launch of a task until its container starts. */
  readonly provisioningSeconds: Spread;
  /** Health checks that a newly registered target must pass before it receives requests. */
  readonly initialHealthChecks: number;
}

/** Any value from `least` to `most` is as likely as another. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** A lognormal spread around a median. */
export interface Spread {
  readonly median: number;
  readonly sigma: number;
}

/**
 * What was observed or documented until November 2026, each with its source.
 *
 * - `periodSeconds`, `highDatapoints`, `lowDatapoints`: the alarms that Application Auto Scaling makes, 3 of 3 and 15 of 15 minutes;
 *   not documented, observed in https://github.com/aws/containers-roadmap/issues/1208.
 * - `lowThresholdShare`: observed thresholds 70 and 63, 80 and 72, 30 and 27, 1500 and 1350. EC2 auto scaling groups use 0.7.
 * - `spareDatapoints`: an alarm over 3 periods looks at 5;
 *   https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html.
 * - `metricDelaySeconds`: not documented; with it a step in load is answered after 190 to 300 seconds. AWS's own benchmark took
 *   363 (https://aws.amazon.com/about-aws/whats-new/2026/06/amazon-ecs-faster-autoscaling), which a delay of 60 to 180 would give.
 * - `scaleInStep`: not documented; every published log of a small ECS service shows one task at a time.
 * - `provisioningSeconds`: 23 seconds from trigger to provisioned in the same benchmark; about 1 second more for each 11 MB of image.
 * - `initialHealthChecks`: a target "must pass one health check to be considered healthy";
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
 */
export const AWS_BEHAVIOR: AwsBehavior = {
  periodSeconds: 60,
  highDatapoints: 3,
  lowDatapoints: 15,
  lowThresholdShare: 0.9,
  spareDatapoints: 2,
  metricDelaySeconds: { least: 30, most: 90 },
  scaleInStep: 'one-task',
  provisioningSeconds: { median: 23, sigma: 0.2 },
  initialHealthChecks: 1,
};
