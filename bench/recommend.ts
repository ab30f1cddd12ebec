// How long the search for a policy takes, and what an exhaustive search finds. Run: npx tsx bench/recommend.ts [everywhere]
import { CandidateEvaluator, type Settings, settingsKey } from '../src/decide/candidate';
import type { Objective } from '../src/decide/objective';
import { recommend } from '../src/decide/recommend';
import { SearchSpace } from '../src/decide/search-space';
import type { Scenario } from '../src/run/scenario';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { parseTraffic } from '../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../test/search-plan';

const RUSH = 'rps 200 for 30m, rps 200..6000 for 20m, rps 6000 for 10m, rps 200 for 60m';
const DAY = 'rps 200..3000 for 12h, rps 3000..200 for 12h';

const QUESTIONS: readonly (readonly [string, Objective])[] = [
  ['users 30..100 for 30m', { p95Millis: 100, tasksLost: 1 }],
  ['users 30 for 10m, users 120 for 50m, at most 2980 rps', { p95Millis: 100, tasksLost: 1 }],
  ['rps 500 for 20m, rps 3000 for 40m', { p95Millis: 100, tasksLost: 1 }],
  [RUSH, { p95Millis: 60, tasksLost: 1 }],
  [RUSH, { failedShare: 0.02 }],
  ['rps 500..8000 for 40m, rps 8000..500 for 40m', { p95Millis: 50, zoneLost: true }],
  ['users 20 for 10m, users 300 for 30m', { p95Millis: 60 }],
];
const LONG_QUESTIONS: typeof QUESTIONS = [
  [DAY, { p95Millis: 100, tasksLost: 1 }],
  [new Array(7).fill(DAY).join(', '), { p95Millis: 100, tasksLost: 1 }],
];

const isEverywhere = process.argv[2] === 'everywhere';
for (const [traffic, objective] of isEverywhere ? QUESTIONS : [...QUESTIONS, ...LONG_QUESTIONS]) ask(traffic, objective);

function ask(traffic: string, objective: Objective): void {
  const scenario = scenarioUnder(traffic);
  const startMillis = performance.now();
  const { effort, best } = recommend(scenario, objective);
  const seconds = (performance.now() - startMillis) / 1000;
  const dollars = best?.taskDollarsPerMonth.median.toFixed(2);
  console.log(`${traffic.slice(0, 80)} ${JSON.stringify(objective)}`);
  console.log(`  ${seconds.toFixed(1)} s, ${effort.forecasts} forecasts of ${effort.candidates} candidates: $${dollars} a month for tasks`);
  if (isEverywhere) console.log(`  ${everywhere(scenario, objective)}`);
}

function scenarioUnder(traffic: string): Scenario {
  return {
    plan: searchPlan(2, 4, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
}

/** Evaluates every candidate that neighbors lead to, up to the minimum that serves the peak without scaling. */
function everywhere(scenario: Scenario, objective: Objective): string {
  const space = new SearchSpace(scenario, objective);
  const evaluator = new CandidateEvaluator({ scenario, objective, cost: {} });
  const all = new Map<string, Settings>();
  const open = space.sizes.flatMap((size) => space.coarseSettings(size));
  for (let settings = open.pop(); settings !== undefined; settings = open.pop()) {
    const peak = space.sizes.find(({ task }) => task.cpu === settings.cpu)!.tasksAtPeak;
    if (all.has(settingsKey(settings)) || settings.minCapacity > peak) continue;
    all.set(settingsKey(settings), settings);
    open.push(...space.neighbors(settings));
  }
  let min = Number.POSITIVE_INFINITY;
  for (const settings of all.values()) {
    const isCheaper = (seeds: number) => {
      const { unmet, taskDollarsPerMonth } = evaluator.evaluate(settings, seeds);
      return unmet.length === 0 && taskDollarsPerMonth.median < min;
    };
    if (isCheaper(2) && isCheaper(20)) min = evaluator.evaluate(settings, 20).taskDollarsPerMonth.median;
  }
  return `everywhere: ${evaluator.forecasts} forecasts of ${all.size} candidates: $${min.toFixed(2)} a month for tasks`;
}
