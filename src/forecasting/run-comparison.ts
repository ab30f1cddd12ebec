import { affordableSeeds } from '../forecast/affordable-seeds';
import { type ComparisonRow, compare } from '../forecast/compare';
import type { FigureBands } from '../forecast/figures';
import type { Candidate } from '../forecast/recommend/judge';
import { recommend } from '../forecast/recommend/recommend';
import { refuse } from '../plan/invalid-input';
import type { Plan } from '../plan/plan';
import type { CompareOptions } from './compare-options';
import { costingOf } from './cost-of-outcome';
import { inSeconds } from './duration-in-seconds';
import type { PlanComparison } from './plan-comparison';
import type { PlanFigures } from './plan-figures';
import type { RecommendOptions } from './recommend-options';
import type { Recommendation } from './recommendation';
import type { RecommendedPolicy } from './recommended-policy';
import { questionMistakes, scenarioOf } from './scenario-of-options';

/** Asks every plan the same question. */
export function runComparison(plans: Readonly<Record<string, Plan>>, options: CompareOptions): PlanComparison {
  const named = Object.entries(plans).map(([name, plan]) => ({ name, scenario: scenarioOf(plan, options) }));
  refuse([...new Set(named.flatMap(({ scenario }) => questionMistakes(scenario, options)))]);
  const seeds = options.seeds ?? affordableSeeds(options.traffic._traffic());
  const { rows, tradeOffs } = compare(named, { seeds, ...costingOf(options.cost ?? {}) });
  return {
    seeds,
    plans: Object.fromEntries(rows.map((row: ComparisonRow) => [row.name, figuresOf(row)])),
    tradeOffs: [...tradeOffs],
  };
}

/** Looks for the cheapest policy that reaches an objective. */
export function runRecommendation(plan: Plan, options: RecommendOptions): Recommendation {
  const { p95, failedPercent, tasksLost, survivesZoneLoss, cpus, cost } = options;
  const scenario = scenarioOf(plan, options);
  refuse(questionMistakes(scenario, options));
  const objective = {
    p95Millis: p95 && 1000 * inSeconds(p95),
    failedShare: failedPercent === undefined ? undefined : failedPercent / 100,
    tasksLost,
    survivesZoneLoss,
  };
  const { isMet, sentence, props, best, frontier } = recommend(scenario, objective, { cpus, ...costingOf(cost ?? {}) });
  return { isMet, sentence, props, best: best && policyOf(best), frontier: frontier.map(policyOf) };
}

function policyOf(candidate: Candidate): RecommendedPolicy {
  const { memoryMiB, ...settings } = candidate.settings;
  return { ...settings, memoryLimitMiB: memoryMiB, ...figuresOf(candidate), unmet: [...candidate.unmet] };
}

function figuresOf(bands: FigureBands): PlanFigures {
  const { maxTasks, failedRequests, secondsOverTarget, outageSeconds, p95Millis, dollarsPerMonth, taskDollarsPerMonth } = bands;
  return { maxTasks, failedRequests, secondsOverTarget, outageSeconds, p95Millis, dollarsPerMonth, taskDollarsPerMonth };
}
