import type { Plan } from '../plan/plan';
import type { AwsBehavior } from '../scaling/aws-behavior';
import type { LoopTiming } from '../scaling/loop';
import { Chance } from './chance';
import type { Traffic } from './traffic';
import type { Workload } from './workload';

/** The question that a forecast and a rehearsal answer. */
export interface Scenario {
  readonly plan: Plan;
  readonly workload: Workload;
  readonly traffic: Traffic;
  readonly behavior: AwsBehavior;
  /** Where chance decides, the same seed decides the same way. */
  readonly seed: number;
}

/** What chance decides before the scenario starts. Drawn alike for a forecast and a rehearsal, so that they can be set side by side. */
export function drawTiming(scenario: Scenario): LoopTiming {
  const chance = new Chance(scenario.seed);
  const { periodSeconds, metricDelaySeconds } = scenario.behavior;
  return {
    firstPeriodEndsAtSeconds: periodSeconds * (1 - chance.unit()),
    firstEvaluationAtSeconds: periodSeconds * (1 - chance.unit()),
    metricDelaySeconds: chance.within(metricDelaySeconds),
  };
}

/** The chance that decides how long each task takes to be provisioned, in the order of launch. */
export function provisioningChance(scenario: Scenario): Chance {
  return new Chance(scenario.seed ^ 0x5eed);
}
