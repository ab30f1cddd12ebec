import { Duration } from 'aws-cdk-lib';
import type { Candidate, Settings } from '../decide/candidate';
import { type ComparisonRow, compare } from '../decide/compare';
import type { FigureBands } from '../decide/figures';
import { recommend } from '../decide/recommend';
import { throwIfAny } from '../parse/input-error';
import type { Plan } from '../plan/service-plan';
import { defaultSeedCount } from '../simulation/band';
import { checkTypes, inSeconds } from './argument-types';
import { type CostOptions, modelCostOptions } from './cost';
import type { ForecastOptions } from './forecast-options';
import type { PlanChanges } from './plan-changes';
import type { PlanComparison, PlanFigures } from './plan-comparison';
import { RECOMMENDATION_OBJECTIVE, type Recommendation, type RecommendationObjective, type RecommendedPolicy } from './recommendation';
import { forecastErrors, scenarioOf } from './scenario-from-options';

/** Compares plans under the same traffic. */
export function runComparison(plans: Readonly<Record<string, Plan>>, options: ForecastOptions, cost: CostOptions): PlanComparison {
  const namedScenarios = Object.entries(plans).map(([name, plan]) => ({ name, scenario: scenarioOf(plan, options) }));
  throwIfAny(namedScenarios.flatMap(({ scenario }) => forecastErrors(scenario, options)));
  const seeds = options.seeds ?? defaultSeedCount(options.traffic._traffic());
  const { rows, tradeOffs } = compare(namedScenarios, { seeds, ...modelCostOptions(cost) });
  return {
    seeds,
    plans: Object.fromEntries(rows.map((row: ComparisonRow) => [row.name, figuresOf(row, seeds)])),
    tradeOffs: [...tradeOffs],
  };
}

/** Searches the cheapest policy that reaches an objective. */
export function runRecommendation(
  plan: Plan,
  objectiveOptions: RecommendationObjective,
  options: ForecastOptions,
  cost: CostOptions,
): Recommendation {
  checkTypes('recommendation objective', objectiveOptions, RECOMMENDATION_OBJECTIVE);
  const { p95, p99, failedPercent, tasksLost, zoneLost, cpus } = objectiveOptions;
  const scenario = scenarioOf(plan, options);
  throwIfAny(forecastErrors(scenario, options));
  const objective = {
    p95Millis: p95 && 1000 * inSeconds(p95),
    p99Millis: p99 && 1000 * inSeconds(p99),
    failedShare: failedPercent === undefined ? undefined : failedPercent / 100,
    tasksLost,
    zoneLost,
  };
  const { isMet, summary, props, best, frontier } = recommend(scenario, objective, { cpus, ...modelCostOptions(cost) });
  return { isMet, summary, props, best: best && policyOf(best), frontier: frontier.map(policyOf) };
}

function policyOf(candidate: Candidate): RecommendedPolicy {
  return { changes: changesOf(candidate.settings), figures: figuresOf(candidate, candidate.seeds), unmet: [...candidate.unmet] };
}

function changesOf({ memoryMiB, scaleOutCooldownSeconds, scaleInCooldownSeconds, ...settings }: Settings): PlanChanges {
  return {
    ...settings,
    memoryLimitMiB: memoryMiB,
    scaleOutCooldown: Duration.seconds(scaleOutCooldownSeconds),
    scaleInCooldown: Duration.seconds(scaleInCooldownSeconds),
  };
}

function figuresOf(bands: FigureBands, seeds: number): PlanFigures {
  const { maxTasks, failedRequests, secondsOverTarget, outageSeconds, taskHours, firstScaleOutSeconds, firstScaleInSeconds } = bands;
  const { p95Millis, p99Millis, dollarsPerMonth, taskDollarsPerMonth } = bands;
  return {
    band: {
      seeds,
      maxTasks,
      failedRequests,
      secondsOverTarget,
      outageSeconds,
      taskHours,
      p95Millis,
      p99Millis,
      firstScaleOutSeconds,
      firstScaleInSeconds,
    },
    p95Millis,
    p99Millis,
    dollarsPerMonth,
    taskDollarsPerMonth,
  };
}
