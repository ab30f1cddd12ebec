import type { Duration } from 'aws-cdk-lib';

/**
 * What a variant of a plan does differently, in the words of the construct's props. What is left out stays as it is.
 */
export interface PlanChanges {
  /**
   * The fewest tasks: a whole number from 0 to `maxCapacity`.
   *
   * @default - as it is
   */
  readonly minCapacity?: number;

  /**
   * The most tasks: a whole number of at least 1.
   *
   * @default - as it is
   */
  readonly maxCapacity?: number;

  /**
   * The CPU use that scaling aims at, in percent: above 0, at most 100.
   *
   * @default - as it is
   */
  readonly targetCpuUtilizationPercent?: number;

  /**
   * The requests that scaling aims at, for each task, in requests per **second**; above 0.
   *
   * @default - as it is
   */
  readonly requestsPerSecondPerTask?: number;

  /**
   * How long after adding tasks no more are added, unless even more are needed.
   *
   * @default - as it is
   */
  readonly scaleOutCooldown?: Duration;

  /**
   * How long after removing a task no other is removed.
   *
   * @default - as it is
   */
  readonly scaleInCooldown?: Duration;

  /**
   * The CPU of one task, in CPU units: 1,024 are one vCPU.
   *
   * @default - as it is
   */
  readonly cpu?: number;

  /**
   * The memory of one task, in MiB.
   *
   * @default - as it is
   */
  readonly memoryLimitMiB?: number;

  /**
   * The availability zones that the tasks are spread over.
   *
   * @default - as it is
   */
  readonly availabilityZones?: number;

  /**
   * How many NAT gateways are paid for.
   *
   * @default - as it is
   */
  readonly natGateways?: number;

  /**
   * How many interface endpoints are paid for, each times the zones that it stands in.
   *
   * @default - as it is
   */
  readonly interfaceEndpoints?: number;

  /**
   * Whether tasks run on ARM processors.
   *
   * @default - as it is
   */
  readonly arm?: boolean;

  /**
   * The tasks that run on Spot, in percent: from 0 to 100.
   *
   * @default - as it is
   */
  readonly spotPercent?: number;
}
