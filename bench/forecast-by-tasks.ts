// How the time of a forecast grows with the number of tasks. Run: npx tsx bench/forecast-by-tasks.ts [max tasks]
import { parseFault } from '../src/faults/fault-grammar';
import type { Scenario } from '../src/run/scenario';
import { forecast } from '../src/simulation/forecast';
import { overloadedScenario } from './forecast-scenarios';

/** The most tasks of a service. */
const MAX_TASKS = 5000;
const SERVED_PER_TASK = 25;
const TASKS = [10, 30, 100, 300, 1000, 2360, 4500, 10_000];

/** Requests per second that are added in a second: the launches of a service keep up with it. */
const SLOW_GROWTH = 8;

/** How long the load grows to a number of requests per second, in minutes. */
const KINDS: Readonly<Record<string, (perSecond: number) => number>> = {
  'a ramp that launches keep up with': (perSecond) => Math.max(60, Math.ceil(perSecond / SLOW_GROWTH / 60)),
  'overloaded, and replaced all the time': () => 90,
};

/** More tasks than a service can have run only in a blue/green deployment, which doubles them. */
function ramp(tasks: number, minutesTo: (perSecond: number) => number): Scenario {
  const isDoubled = tasks > MAX_TASKS;
  const perSecond = SERVED_PER_TASK * (isDoubled ? tasks / 2 : tasks);
  const minutes = minutesTo(perSecond);
  const scenario = overloadedScenario(Math.min(MAX_TASKS, 2 * tasks), `rps 20..${perSecond} for ${minutes}m`);
  if (!isDoubled) return scenario;
  const deployment = { ...scenario.plan.deployment, trafficShift: { steps: [], bakeSeconds: 300 } };
  return { ...scenario, plan: { ...scenario.plan, deployment }, faults: [parseFault(`deploy at ${minutes - 25}m`)] };
}

function printLine(kind: string, tasks: number): void {
  const scenario = ramp(tasks, KINDS[kind]!);
  const before = process.cpuUsage();
  const { totals, events } = forecast(scenario);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const cells = [String(totals.maxTasks).padStart(13), String(events.length).padStart(9), seconds.toFixed(2).padStart(8)];
  console.log(...cells, ((1000 * seconds) / totals.maxTasks).toFixed(2).padStart(18));
}

const max = Number(process.argv[2] ?? TASKS.at(-1));
for (const kind of Object.keys(KINDS)) {
  console.log(`${kind}\ntasks at most    events    CPU s    CPU ms per task`);
  for (const tasks of TASKS.filter((count) => count <= max)) printLine(kind, tasks);
}
