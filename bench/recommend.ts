// How long the search for a policy takes. Run: npx tsx bench/recommend.ts
import type { Objective } from '../src/forecast/recommend/objective';
import { recommend } from '../src/forecast/recommend/recommend';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { parseTraffic } from '../src/scenario/parse-traffic';
import { MEASURED_SEARCH_WORKLOAD } from '../src/scenario/workload';
import { cpuTarget, searchPlan } from '../test/search-plan';

const OBJECTIVE: Objective = { p95Millis: 100, tasksLost: 1 };
const TRAFFICS = {
  'a ramp of half an hour': 'users 30..100 for 30m',
  'a spike of an hour': 'users 30 for 10m, users 120 for 50m, at most 2980 rps',
  'a spike of an open load': 'rps 500 for 20m, rps 3000 for 40m',
  'a day': 'rps 200..3000 for 12h, rps 3000..200 for 12h',
  'a week': `${new Array(7).fill('rps 200..3000 for 12h, rps 3000..200 for 12h').join(', ')}`,
};

for (const [name, traffic] of Object.entries(TRAFFICS)) {
  const scenario = {
    plan: searchPlan(2, 4, [cpuTarget(70)]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
  const startMillis = performance.now();
  const { effort, best } = recommend(scenario, OBJECTIVE);
  const seconds = (performance.now() - startMillis) / 1000;
  console.log(
    `${name}: ${seconds.toFixed(1)} s for ${effort.candidates} candidates and ${effort.forecasts} forecasts; ` +
      `${best?.settings.minCapacity} to ${best?.settings.maxCapacity} tasks of ${best?.settings.cpu} CPU units`,
  );
}
