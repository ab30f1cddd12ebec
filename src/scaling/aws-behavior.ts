import type { ScalingPolicy } from '../plan/policy';

/** How AWS scales, in numbers. Where AWS does not say, the number is a setting with a default. */
export interface AwsBehavior {
  /** Length of a metric period, and of the pause between two evaluations of an alarm. */
  readonly periodSeconds: number;
  /** The same for metrics of high resolution. */
  readonly highResolutionPeriodSeconds: number;
  /** Datapoints above the target, of as many, that raise the high alarm. */
  readonly highDatapoints: number;
  /** Datapoints below the low threshold, of as many, that raise the low alarm. */
  readonly lowDatapoints: number;
  /** Whether the low alarm of a metric of high resolution wants as many minutes as any other, or as many of its own short datapoints. */
  readonly highResolutionLowAlarm: '15-minutes' | '15-datapoints';
  /** The low threshold of an ECS service as a share of the target. */
  readonly lowThresholdShare: number;
  /** The same for an EC2 auto scaling group. */
  readonly ec2LowThresholdShare: number;
  /** Periods that an alarm looks back beyond its evaluation periods, to fill gaps. */
  readonly spareDatapoints: number;
  /** From the end of a metric period until an alarm can see its datapoint. */
  readonly metricDelaySeconds: Range;
  /** The same for metrics of high resolution. */
  readonly highResolutionDelaySeconds: Range;
  /** How often an alarm that stays raised repeats its scaling action. */
  readonly alarmActionSeconds: number;
  /** What target tracking computes from: the newest datapoint, or the mean of those that raised the alarm. */
  readonly decisionDatapoint: 'latest' | 'mean';
  /** What a step outwards is computed from while an earlier one is open or cooling down: the tasks before that one, or those that run. */
  readonly cooldownBase: 'before-first-step' | 'running';
  /** Whether scaling in waits for the cooldown of an earlier step outwards. */
  readonly scaleOutBlocksScaleIn: boolean;
  /** Whether scaling in takes one task at a time or goes straight to the computed count. */
  readonly scaleInStep: 'one-task' | 'proportional';
  /** After so long an activity whose tasks do not come is given up. */
  readonly unfulfilledAfterSeconds: number;
  /** From the time of a scheduled action until it acts. */
  readonly scheduledActionDelaySeconds: Range;
  /** Whether requests are counted per healthy target, or per registered one, also while it is still initial. */
  readonly requestCountDenominator: 'healthy' | 'registered';
  /** From the launch of a task until its container starts. */
  readonly provisioningSeconds: Spread;
  /** From the launch of an EC2 instance until it runs its user data. */
  readonly instanceSeconds: Spread;
  /** Health checks that a newly registered target must pass before it receives requests. */
  readonly initialHealthChecks: number;
  /** When a target is first checked after its registration, as a share of the interval between checks. */
  readonly firstHealthCheckShare: Range;
  /** From the end of a task until ECS launches another in its place. */
  readonly replacementSeconds: Range;
  /** From SIGTERM, or the end of a task, until the load balancer no longer sends it requests. */
  readonly deregistrationLagSeconds: Range;
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

/** How long a launch takes on a platform, before the workload itself begins to start. */
export function launchSpread(behavior: AwsBehavior, platform: ScalingPolicy['platform']): Spread {
  return platform === 'ec2' ? behavior.instanceSeconds : behavior.provisioningSeconds;
}

/** The value below which a target-tracking policy allows fewer tasks, as a share of its target. */
export function lowShareOf(behavior: AwsBehavior, platform: ScalingPolicy['platform']): number {
  return platform === 'ec2' ? behavior.ec2LowThresholdShare : behavior.lowThresholdShare;
}

/**
 * What was observed or documented until November 2026, each with its source.
 *
 * - `periodSeconds`, `highDatapoints`, `lowDatapoints`: the alarms that Application Auto Scaling makes, 3 of 3 and 15 of 15 minutes;
 *   not documented, observed in https://github.com/aws/containers-roadmap/issues/1208.
 * - `lowThresholdShare`: observed thresholds 70 and 63, 80 and 72, 30 and 27, 1500 and 1350. `ec2LowThresholdShare`: 50 and 35, 40 and 28, 30 and 21.
 * - `spareDatapoints`: an alarm over 3 periods looks at 5;
 *   https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html.
 * - `metricDelaySeconds`: not documented; with it a step in load is answered after 190 to 300 seconds. AWS's own benchmark took
 *   363 (https://aws.amazon.com/about-aws/whats-new/2026/06/amazon-ecs-faster-autoscaling), which a delay of 60 to 180 would give.
 * - `highResolutionDelaySeconds`: not documented; 3 periods of 20 seconds and this make the 86 seconds of the same benchmark.
 * - `highResolutionLowAlarm`: not documented; the cautious reading.
 * - `alarmActionSeconds`: "the alarm continues to invoke the action once per minute";
 *   https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html.
 * - `decisionDatapoint`, `cooldownBase`: not documented for target tracking; step scaling counts "the capacity added by the initiating
 *   scale-out activity as part of the desired capacity for the next";
 *   https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html.
 * - `scaleOutBlocksScaleIn`: not documented; one published log scales in 225 seconds after it scaled out with cooldowns of 300.
 * - `scaleInStep`: not documented; every published log of a small ECS service shows one task at a time.
 * - `unfulfilledAfterSeconds`: not documented.
 * - `scheduledActionDelaySeconds`: "a few seconds"; one published log shows 16.5.
 * - `requestCountDenominator`: healthy targets, as documented; whether targets that are still initial count is not.
 * - `provisioningSeconds`: 23 seconds from trigger to provisioned in the same benchmark; about 1 second more for each 11 MB of image.
 * - `instanceSeconds`: not documented; a Linux instance boots in about a minute.
 * - `initialHealthChecks`: a target "must pass one health check to be considered healthy";
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
 * - `firstHealthCheckShare`: not documented; the nodes of a load balancer check on beats of their own.
 * - `replacementSeconds`: not documented; a task that was stopped by hand had its replacement launching 30 seconds later, and
 *   healthy after 60, with health checks every 30 seconds.
 * - `deregistrationLagSeconds`: errors for 3 to 5 seconds after a task was stopped are reported in
 *   https://github.com/aws/amazon-ecs-agent/issues/2316 and https://github.com/aws/containers-roadmap/issues/708.
 */
export const AWS_BEHAVIOR: AwsBehavior = {
  periodSeconds: 60,
  highResolutionPeriodSeconds: 20,
  highDatapoints: 3,
  lowDatapoints: 15,
  highResolutionLowAlarm: '15-minutes',
  lowThresholdShare: 0.9,
  ec2LowThresholdShare: 0.7,
  spareDatapoints: 2,
  metricDelaySeconds: { least: 30, most: 90 },
  highResolutionDelaySeconds: { least: 10, most: 25 },
  alarmActionSeconds: 60,
  decisionDatapoint: 'latest',
  cooldownBase: 'before-first-step',
  scaleOutBlocksScaleIn: false,
  scaleInStep: 'one-task',
  unfulfilledAfterSeconds: 1800,
  scheduledActionDelaySeconds: { least: 1, most: 30 },
  requestCountDenominator: 'healthy',
  provisioningSeconds: { median: 23, sigma: 0.2 },
  instanceSeconds: { median: 60, sigma: 0.3 },
  initialHealthChecks: 1,
  firstHealthCheckShare: { least: 0, most: 1 },
  replacementSeconds: { least: 5, most: 30 },
  deregistrationLagSeconds: { least: 3, most: 5 },
};
