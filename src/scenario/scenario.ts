import type { CalendarTime } from '../plan/calendar';
import type { Plan } from '../plan/plan';
import type { AwsBehavior } from '../scaling/aws-behavior';
import type { LoopTiming } from '../scaling/loop';
import type { PolicyChange, PredictedMinimum } from '../scaling/policy-change';
import { Chance } from './chance';
import type { Fault } from './fault';
import type { Traffic } from './traffic';
import type { Workload } from './workload';

/** The question that a forecast and a rehearsal answer. */
export interface Scenario {
  readonly plan: Plan;
  readonly workload: Workload;
  readonly traffic: Traffic;
  readonly behavior: AwsBehavior;
  /**
   * What goes wrong, and when.
   *
   * @default - nothing
   */
  readonly faults?: readonly Fault[];
  /**
   * The size of the image, which is pulled for each task that is launched.
   *
   * @default - as small as what `behavior.provisioningSeconds` was measured with
   */
  readonly imageMegabytes?: number;
  /**
   * Whether tasks are registered with the load balancer only once they listen, as in a rehearsal, where a start cannot be sped up.
   *
   * @default - as soon as their container has started, as ECS does
   */
  readonly registersOnceListening?: boolean;
  /**
   * Whether the workload is that of another service, as nobody could measure this one: what follows from it alone is not advised.
   *
   * @default false
   */
  readonly isWorkloadAssumed?: boolean;
  /**
   * How long it takes to fill the memory of a task, as in a rehearsal, where that cannot be sped up.
   *
   * @default 0
   */
  readonly memoryFillSeconds?: number;
  /** Where chance decides, the same seed decides the same way. */
  readonly seed: number;
  /**
   * When the scenario begins, in the time zone of the plan's scheduled actions.
   *
   * @default - a Monday at 00:00
   */
  readonly startsAt?: CalendarTime;
  /**
   * Changes of a policy while the scenario runs.
   *
   * @default - none
   */
  readonly policyChanges?: readonly PolicyChange[];
  /**
   * The minimums that predictive scaling will set, each from a second of the scenario on.
   *
   * @default - none
   */
  readonly predictedMinimums?: readonly PredictedMinimum[];
}

/** What chance decides before the scenario starts. Drawn alike for a forecast and a rehearsal, so that they can be set side by side. */
export function drawTiming(scenario: Scenario): LoopTiming {
  const chance = new Chance(scenario.seed);
  const { periodSeconds, metricDelaySeconds, highResolutionDelaySeconds, scheduledActionDelaySeconds } = scenario.behavior;
  return {
    firstPeriodEndsAtSeconds: periodSeconds * (1 - chance.unit()),
    firstEvaluationAtSeconds: periodSeconds * (1 - chance.unit()),
    metricDelaySeconds: chance.within(metricDelaySeconds),
    highResolutionDelaySeconds: chance.within(highResolutionDelaySeconds),
    scheduledActionDelaySeconds: chance.within(scheduledActionDelaySeconds),
  };
}

/** The chance that decides how long each task takes to be provisioned, in the order of launch. */
export function provisioningChance(scenario: Scenario): Chance {
  return new Chance(scenario.seed ^ 0x5eed);
}
