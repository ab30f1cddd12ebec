import type { Lognormal, Range } from '../math/seeded-random';
import type { CountingRules } from '../metrics/signals';
import type { ScalingPolicy } from '../plan/policy';

/** How AWS scales, in numbers. What AWS does not document is a setting with a default. */
export interface AwsBehavior extends CountingRules {
  /** The period of a metric, and the interval between two evaluations of an alarm. */
  readonly periodSeconds: number;
  /** The same for high-resolution metrics. */
  readonly highResolutionPeriodSeconds: number;
  /** Evaluation periods and datapoints to alarm of the high alarm of target tracking. */
  readonly highAlarmDatapoints: number;
  /** Evaluation periods and datapoints to alarm of the low alarm of target tracking. */
  readonly lowAlarmDatapoints: number;
  /** Whether the low alarm of a high-resolution metric needs 15 minutes, or 15 of its 20-second datapoints. */
  readonly highResolutionLowAlarm: '15-minutes' | '15-datapoints';
  /** The threshold of the low alarm of an ECS service as a share of the target. */
  readonly lowThresholdShare: number;
  /** The same for an EC2 auto scaling group. */
  readonly ec2LowThresholdShare: number;
  /** Periods of the evaluation range beyond the evaluation periods, which fill in for missing data. */
  readonly extraEvaluationRangePeriods: number;
  /** From the end of a metric period until its datapoint is available to alarms. */
  readonly metricDelaySeconds: Range;
  /** The same for high-resolution metrics. */
  readonly highResolutionDelaySeconds: Range;
  /** The interval at which an alarm that stays in ALARM invokes its scaling action again. */
  readonly alarmActionSeconds: number;
  /** The value that target tracking computes with: the newest datapoint, or the mean of the evaluated ones. */
  readonly decisionDatapoint: 'latest' | 'mean';
  /** What a scale-out is computed from while an earlier one is in progress or cooling down: the count before that one, or the running count. */
  readonly cooldownBase: 'before-first-step' | 'running';
  /** Whether a scale-in waits for the cooldown of an earlier scale-out. */
  readonly scaleOutBlocksScaleIn: boolean;
  /** Whether a scale-in removes one task at a time or goes directly to the computed count. */
  readonly scaleInStep: 'one-task' | 'proportional';
  /**
   * When an activity is complete, so that its cooldown begins: when the running count has reached the desired count, whatever still
   * drains, starts or is replaced, or when exactly the desired count of tasks exists, all of them RUNNING.
   */
  readonly activityCompletion: 'running-count' | 'all-steady';
  /** The shortest time from the start of an activity until it is complete. */
  readonly minActivitySeconds: number;
  /** The time after which an activity whose tasks do not start times out. */
  readonly unfulfilledAfterSeconds: number;
  /** From the time of a scheduled action until it runs. */
  readonly scheduledActionDelaySeconds: Range;
  /** From the launch of a task until its container starts. */
  readonly provisioningSeconds: Lognormal;
  /** From the launch of an EC2 instance until it runs its user data. */
  readonly instanceSeconds: Lognormal;
  /** From the placement of a task on an instance until its container starts. */
  readonly taskOnInstanceSeconds: Lognormal;
  /** From the launch of an EC2 instance out of a warm pool until it runs: of one that is stopped or hibernated. */
  readonly warmStartSeconds: Lognormal;
  /** The time in which an instance that uses all its vCPUs is lowered to its baseline as its CPU credits run out. */
  readonly creditLoweringSeconds: number;
  /** From the notice that a Spot instance or task is interrupted until it is. */
  readonly spotNoticeSeconds: number;
  /** Health checks that a newly registered target must pass before it receives requests. */
  readonly initialHealthChecks: number;
  /** The time of a target's first health check after its registration, as a share of the interval. */
  readonly firstHealthCheckShare: Range;
  /** From the check with which a new target becomes healthy until the load balancer sends it requests. */
  readonly registrationLagSeconds: Range;
  /** From the end of a task until ECS launches its replacement. */
  readonly replacementSeconds: Range;
  /** The bake time of a rolling deployment, as a multiple of the longest evaluation time of its alarms. */
  readonly bakeTimePerEvaluation: number;
  /** From the invocation of the Lambda function of a lifecycle hook until it responds with `SUCCEEDED`. */
  readonly lambdaHookSeconds: number;
  /** From SIGTERM, or the end of a task, until the load balancer stops sending it requests. */
  readonly deregistrationLagSeconds: Range;
}

/** The launch time on a platform, without the start-up time of the workload. */
export function launchSpread(behavior: AwsBehavior, platform: ScalingPolicy['platform']): Lognormal {
  return platform === 'ec2' ? behavior.instanceSeconds : behavior.provisioningSeconds;
}

/** The threshold of the low alarm of a target-tracking policy, as a share of its target. */
export function lowThresholdShareOf(behavior: AwsBehavior, platform: ScalingPolicy['platform']): number {
  return platform === 'ec2' ? behavior.ec2LowThresholdShare : behavior.lowThresholdShare;
}

/**
 * What was documented or observed until November 2026, with its sources.
 *
 * - `periodSeconds`, `highAlarmDatapoints`, `lowAlarmDatapoints`: the alarms that Application Auto Scaling creates, 3 of 3 and 15 of 15 minutes;
 *   not documented, observed in https://github.com/aws/containers-roadmap/issues/1208.
 * - `lowThresholdShare`: observed thresholds 70 and 63, 80 and 72, 30 and 27, 1500 and 1350. `ec2LowThresholdShare`: 50 and 35, 40 and 28, 30 and 21.
 * - `extraEvaluationRangePeriods`: an alarm over 3 periods evaluates a range of 5;
 *   https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html.
 * - `metricDelaySeconds`: not documented; the cautious assumption, with which a scale-out follows 290 to 430 seconds after a step in the
 *   load of an idle service. AWS's own benchmark took 363 (https://aws.amazon.com/about-aws/whats-new/2026/06/amazon-ecs-faster-autoscaling);
 *   other published timelines are earlier, down to those of a delay of 30 to 90.
 * - `highResolutionDelaySeconds`: not documented; 3 periods of 20 seconds and this delay add up to the 86 seconds of the same benchmark.
 * - `highResolutionLowAlarm`: not documented; the cautious assumption.
 * - `alarmActionSeconds`: "the alarm continues to invoke the action once per minute";
 *   https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html.
 * - `decisionDatapoint`, `cooldownBase`: not documented for target tracking; step scaling counts "the capacity added by the initiating
 *   scale-out activity as part of the desired capacity for the next";
 *   https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html.
 * - `scaleOutBlocksScaleIn`: not documented; one published log shows a scale-in 225 seconds after a scale-out with cooldowns of 300.
 * - `scaleInStep`: not documented; every published log of a small ECS service shows one task at a time.
 * - `activityCompletion`: not documented; published logs show scale-ins 360 seconds apart with a cooldown of 300, whatever the
 *   deregistration delay, and the running count of ECS does not include tasks that drain.
 * - `minActivitySeconds`: not documented; published activities ended after 31, 34, 79 and 82 seconds, also those that removed a task.
 * - `unfulfilledAfterSeconds`: not documented.
 * - `scheduledActionDelaySeconds`: "a few seconds"; one published log shows 16.5.
 * - `requestCountDenominator`: healthy targets, as documented; whether targets in the state `initial` count is not.
 * - `drainingTasksInUtilization`: not documented; CPU is divided by that of the tasks "in the service", and one that drains is not in
 *   its running count. If it counted, a service that is overloaded and replaces its tasks would look idle.
 * - `provisioningSeconds`: 23 seconds from trigger to provisioned in the same benchmark; about 1 second more for each 11 MB of image.
 * - `instanceSeconds`: not documented; an Amazon Linux instance was reachable 23 to 29 seconds after its launch
 *   (https://www.daemonology.net/blog/2021-08-12-EC2-boot-time-benchmarking.html, https://www.martysweet.co.uk/ec2-launch-times), to which the Auto Scaling
 *   group, the installation of a container runtime and the pull of an image add.
 * - `taskOnInstanceSeconds`: not documented; the agent starts a container within seconds of an image that the instance has.
 * - `warmStartSeconds`: not documented; starting a stopped instance skips the volume and the first boot, but not the placement on a host.
 * - `creditLoweringSeconds`: "gradually lowered to the baseline level"; the EC2 user guide of 2016 said "over a 15-minute interval"
 *   (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-standard-mode.html).
 * - `spotNoticeSeconds`: two minutes; https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html.
 * - `initialHealthChecks`: a target "must pass one health check to be considered healthy";
 *   https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
 * - `firstHealthCheckShare`: not documented; each node of a load balancer has its own check interval.
 * - `registrationLagSeconds`: not documented; new tasks were seen to serve 45 to 70 seconds after a step, which is later than their
 *   provisioning, start-up and first health check add up to.
 * - `replacementSeconds`: not documented; the replacement of a task that was stopped manually launched after 30 seconds and was
 *   healthy after 60, with health checks every 30 seconds.
 * - `bakeTimePerEvaluation`: "Amazon ECS computes this time period based on the alarm configuration", with several alarms from the longest
 *   evaluation time (https://github.com/aws/copilot-cli/pull/4294); the factor is not documented.
 * - `lambdaHookSeconds`: depends on the function, which a template does not show; ECS invokes one that is in progress every 30 seconds
 *   (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html).
 * - `deregistrationLagSeconds`: errors for 3 to 5 seconds after a task was stopped are reported in
 *   https://github.com/aws/amazon-ecs-agent/issues/2316 and https://github.com/aws/containers-roadmap/issues/708.
 */
export const AWS_BEHAVIOR: AwsBehavior = {
  periodSeconds: 60,
  highResolutionPeriodSeconds: 20,
  highAlarmDatapoints: 3,
  lowAlarmDatapoints: 15,
  highResolutionLowAlarm: '15-minutes',
  lowThresholdShare: 0.9,
  ec2LowThresholdShare: 0.7,
  extraEvaluationRangePeriods: 2,
  metricDelaySeconds: { min: 60, max: 180 },
  highResolutionDelaySeconds: { min: 10, max: 25 },
  alarmActionSeconds: 60,
  decisionDatapoint: 'latest',
  cooldownBase: 'before-first-step',
  scaleOutBlocksScaleIn: false,
  scaleInStep: 'one-task',
  activityCompletion: 'running-count',
  minActivitySeconds: 30,
  unfulfilledAfterSeconds: 1800,
  scheduledActionDelaySeconds: { min: 1, max: 30 },
  requestCountDenominator: 'healthy',
  drainingTasksInUtilization: 'left-out',
  provisioningSeconds: { median: 23, sigma: 0.2 },
  instanceSeconds: { median: 60, sigma: 0.3 },
  taskOnInstanceSeconds: { median: 6, sigma: 0.3 },
  warmStartSeconds: { median: 30, sigma: 0.3 },
  creditLoweringSeconds: 900,
  spotNoticeSeconds: 120,
  initialHealthChecks: 1,
  firstHealthCheckShare: { min: 0, max: 1 },
  registrationLagSeconds: { min: 5, max: 15 },
  replacementSeconds: { min: 5, max: 30 },
  bakeTimePerEvaluation: 1,
  lambdaHookSeconds: 30,
  deregistrationLagSeconds: { min: 3, max: 5 },
};

/**
 * The share of its requests that an anomalous target still gets under anomaly mitigation. The number is not documented; AWS reduces
 * the traffic step by step "until the target recovers or the traffic volume is decreased to a negligible level"
 * (https://aws.amazon.com/about-aws/whats-new/2023/11/application-load-balancer-availability-target-weights).
 */
export const MITIGATED_TARGET_SHARE = 0.1;

/**
 * Anomaly detection needs "at least three healthy targets"
 * (https://aws.amazon.com/blogs/networking-and-content-delivery/improving-availability-with-application-load-balancer-automatic-target-weights).
 */
export const MIN_TARGETS_FOR_MITIGATION = 3;
