import type { Duration } from 'aws-cdk-lib';

/**
 * What a variant of a plan does differently, in the words of the construct's props. What is left out stays as it is.
 */
export interface PlanChanges {
  /**
   * The fewest tasks.
   *
   * @default - as it is
   */
  readonly minCapacity?: number;

  /**
   * The most tasks.
   *
   * @default - as it is
   */
  readonly maxCapacity?: number;

  /**
   * The CPU use that scaling aims at, in percent.
   *
   * @default - as it is
   */
  readonly targetCpuUtilizationPercent?: number;

  /**
   * The requests that scaling aims at, for each task, in requests per second.
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
   * The CPU of one task, in CPU units.
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
   * NAT gateways, which are paid for.
   *
   * @default - as it is
   */
  readonly natGateways?: number;

  /**
   * Interface endpoints times the zones that each stands in, which are paid for.
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
   * The tasks that run on Spot, in percent.
   *
   * @default - as it is
   */
  readonly spotPercent?: number;
}
