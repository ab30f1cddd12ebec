import type { Duration } from 'aws-cdk-lib';

/**
 * Which tasks of the service an experiment is about. AWS FIS chooses them at random when the experiment starts.
 */
export interface TargetTasksOptions {
  /**
   * The number of tasks: at least 1. An experiment fails when the service has none.
   *
   * @default - `taskPercent`, or 1
   */
  readonly taskCount?: number;

  /**
   * The share of the tasks, in percent: a whole number from 1 to 100, rounded down to whole tasks, but at least one. It excludes `taskCount`.
   *
   * @default - `taskCount`
   */
  readonly taskPercent?: number;
}

/**
 * Options of an experiment that stops tasks.
 */
export interface StopTasksOptions extends TargetTasksOptions {}

/**
 * Options of an experiment that stops the tasks of an Availability Zone.
 */
export interface StopZoneOptions {
  /**
   * The name of the Availability Zone, such as `eu-central-1a`.
   *
   * @default - the first Availability Zone of the subnets of the tasks
   */
  readonly availabilityZone?: string;
}

/**
 * Options of an experiment that uses CPU.
 */
export interface StressCpuOptions extends TargetTasksOptions {
  /**
   * How long the CPU is used: from 1 minute to 12 hours.
   *
   * @default Duration.minutes(5)
   */
  readonly duration?: Duration;

  /**
   * The CPU that is used, in percent of all vCPUs of the task: from 1 to 100.
   *
   * @default 100
   */
  readonly percent?: number;
}

/**
 * Options of an experiment that delays network packets.
 */
export interface NetworkLatencyOptions extends TargetTasksOptions {
  /**
   * How long packets are delayed: from 1 minute to 12 hours.
   *
   * @default Duration.minutes(5)
   */
  readonly duration?: Duration;

  /**
   * The delay of a packet that a task sends: from 1 millisecond to 60 seconds.
   *
   * @default Duration.millis(200)
   */
  readonly delay?: Duration;

  /**
   * The jitter: the delay is up to this much longer or shorter, at most as long as the delay.
   *
   * @default - 10 milliseconds, or `delay` where that is shorter
   */
  readonly jitter?: Duration;

  /**
   * To where packets are delayed: IPv4 addresses, CIDR blocks, domain names, Availability Zones, `S3` or `DYNAMODB`.
   *
   * @default - to everywhere, and with it the responses to the load balancer
   */
  readonly sources?: string[];

  /**
   * The share of the connections that are delayed, in percent: from 1 to 100.
   *
   * @default 100
   */
  readonly flowsPercent?: number;
}

/**
 * Which instances an experiment is about. AWS FIS chooses them at random when the experiment starts, among those that run.
 *
 * Its quota for one experiment is 5 instances of each action, until AWS has raised it.
 */
export interface TargetInstancesOptions {
  /**
   * The number of instances: at least 1. An experiment fails when there is none.
   *
   * @default - `instancePercent`; without it all of `availabilityZone`, or 1
   */
  readonly instanceCount?: number;

  /**
   * The share of the instances, in percent: a whole number from 1 to 100, rounded down to whole instances, but at least one. It excludes `instanceCount`.
   *
   * @default - `instanceCount`
   */
  readonly instancePercent?: number;

  /**
   * The name of an Availability Zone, such as `eu-central-1a`: only instances in it are chosen.
   *
   * @default - any
   */
  readonly availabilityZone?: string;
}

/**
 * Options of an experiment that terminates instances.
 */
export interface TerminateInstancesOptions extends TargetInstancesOptions {}

/**
 * Options of an experiment that stops instances.
 */
export interface StopInstancesOptions extends TargetInstancesOptions {}

/**
 * Options of an experiment that reboots instances.
 */
export interface RebootInstancesOptions extends TargetInstancesOptions {}

/**
 * Options of an experiment that interrupts Spot Instances.
 */
export interface InterruptSpotOptions extends TargetInstancesOptions {
  /**
   * The time until the interruption: from 2 to 15 minutes. Two minutes before it, the instance gets the notice.
   *
   * @default Duration.minutes(2)
   */
  readonly durationBeforeInterruption?: Duration;
}
