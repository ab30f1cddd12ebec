import type { Duration } from 'aws-cdk-lib';
import { type PlanChanges as Changes, TUNABLE_NAMES, TUNABLE_PROPS } from '../plan/changed-plan';
import { BOOLEAN, checkTypes, DURATION, inSeconds, NUMBER, type OptionTypes, optional } from './argument-types';

/**
 * The props of a variant of a plan, with the names of the construct's props. What is left out stays as it is.
 */
export interface PlanChanges {
  /**
   * The minimum number of tasks.
   *
   * @default - unchanged
   */
  readonly minCapacity?: number;

  /**
   * The maximum number of tasks.
   *
   * @default - unchanged
   */
  readonly maxCapacity?: number;

  /**
   * The target of the CPU policy, in percent.
   *
   * @default - unchanged
   */
  readonly targetCpuUtilizationPercent?: number;

  /**
   * The target of the request policy, in requests per **second** for each task.
   *
   * @default - unchanged
   */
  readonly requestsPerSecondPerTask?: number;

  /**
   * The scale-out cooldown.
   *
   * @default - unchanged
   */
  readonly scaleOutCooldown?: Duration;

  /**
   * The scale-in cooldown.
   *
   * @default - unchanged
   */
  readonly scaleInCooldown?: Duration;

  /**
   * The CPU of a task, in CPU units: 1,024 are one vCPU.
   *
   * @default - unchanged
   */
  readonly cpu?: number;

  /**
   * The memory of a task, in MiB.
   *
   * @default - unchanged
   */
  readonly memoryLimitMiB?: number;

  /**
   * The number of Availability Zones.
   *
   * @default - unchanged
   */
  readonly maxAzs?: number;

  /**
   * The number of NAT gateways, for the cost.
   *
   * @default - unchanged
   */
  readonly natGateways?: number;

  /**
   * The number of interface endpoints times their Availability Zones, for the cost.
   *
   * @default - unchanged
   */
  readonly interfaceEndpoints?: number;

  /**
   * Whether tasks run on ARM64, for the cost.
   *
   * @default - unchanged
   */
  readonly arm?: boolean;

  /**
   * The tasks above `onDemandBase` on Fargate Spot, in percent, for the cost: from 0 to 100.
   *
   * @default - unchanged
   */
  readonly spotPercent?: number;

  /**
   * The tasks that never run on Fargate Spot, for the cost: a whole number of at least 0.
   *
   * @default - unchanged; `minCapacity` if the plan had no Spot and gets `spotPercent`
   */
  readonly onDemandBase?: number;
}

const PLAN_CHANGES: OptionTypes<PlanChanges> = {
  minCapacity: optional(NUMBER),
  maxCapacity: optional(NUMBER),
  targetCpuUtilizationPercent: optional(NUMBER),
  requestsPerSecondPerTask: optional(NUMBER),
  scaleOutCooldown: optional(DURATION),
  scaleInCooldown: optional(DURATION),
  cpu: optional(NUMBER),
  memoryLimitMiB: optional(NUMBER),
  maxAzs: optional(NUMBER),
  natGateways: optional(NUMBER),
  interfaceEndpoints: optional(NUMBER),
  arm: optional(BOOLEAN),
  spotPercent: optional(NUMBER),
  onDemandBase: optional(NUMBER),
};

/** The changes in the units of a plan. */
export function planChanges(options: PlanChanges): Changes {
  checkTypes('plan changes', options, PLAN_CHANGES);
  return Object.fromEntries(
    TUNABLE_NAMES.map((name) => {
      const value = options[TUNABLE_PROPS[name].prop as keyof PlanChanges];
      return [name, typeof value === 'object' ? inSeconds(value) : value];
    }),
  );
}
