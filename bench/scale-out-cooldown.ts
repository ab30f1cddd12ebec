// How the scale-out cooldown trades surplus tasks for minutes over the target, forecast over 200 seeds. Run: npx tsx bench/scale-out-cooldown.ts

import { mean } from '../src/math/statistics';
import type { Plan } from '../src/plan/service-plan';
import type { Outcome } from '../src/run/outcome';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { forecast } from '../src/simulation/forecast';
import { parseTraffic } from '../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../test/search-plan';

const SEEDS = 200;
const CPU_TARGET_PERCENT = 60;
const COOLDOWNS_SECONDS = [0, 60, 90, 120, 180, 300];
const TRAFFICS = [
  'rps 500 for 5m, rps 2400 for 20m',
  'rps 500 for 5m, rps 3200 for 20m',
  'rps 500 for 5m, rps 500..4000 for 10m, rps 4000 for 20m',
];

function planWith(scaleOutCooldownSeconds: number): Plan {
  const plan = searchPlan(2, 10, [cpuTarget(CPU_TARGET_PERCENT, { scaleOutCooldownSeconds })]);
  return { ...plan, healthCheck: { ...plan.healthCheck, intervalSeconds: 10 } };
}

function outcomes(traffic: string, cooldownSeconds: number): Outcome[] {
  const scenario = {
    plan: planWith(cooldownSeconds),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    behavior: AWS_BEHAVIOR,
  };
  return Array.from({ length: SEEDS }, (_, seed) => forecast({ ...scenario, seed }));
}

function minutesOverTarget(outcome: Outcome): number {
  return outcome.timeline.filter((row) => (row.cpuUtilizationPercent ?? 0) > CPU_TARGET_PERCENT).length;
}

for (const traffic of TRAFFICS) {
  console.log(`\n${traffic}`);
  console.log('cooldown s  most tasks, mean  runs above the fewest  minutes over target');
  const fewest = Math.min(...outcomes(traffic, 300).map((outcome) => outcome.totals.maxTasks));
  for (const cooldown of COOLDOWNS_SECONDS) {
    const all = outcomes(traffic, cooldown);
    const above = all.filter((outcome) => outcome.totals.maxTasks > fewest).length / SEEDS;
    const cells = [
      String(cooldown).padStart(10),
      mean(all.map((outcome) => outcome.totals.maxTasks))
        .toFixed(2)
        .padStart(16),
      `${Math.round(100 * above)} %`.padStart(21),
      mean(all.map(minutesOverTarget)).toFixed(2).padStart(19),
    ];
    console.log(cells.join('  '));
  }
}
