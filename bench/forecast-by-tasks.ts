// How the time of a forecast grows with the number of tasks. Run: npx tsx bench/forecast-by-tasks.ts [max tasks]
import { forecast } from '../src/simulation/forecast';
import { overloadedScenario } from './forecast-scenarios';

const SERVED_PER_TASK = 25;
const TASKS = [10, 30, 100, 300, 1000, 2360, 4500, 10_000];

const max = Number(process.argv[2] ?? TASKS.at(-1));
console.log('tasks at most    events    CPU s    CPU ms per task');
for (const tasks of TASKS.filter((count) => count <= max)) {
  const scenario = overloadedScenario(2 * tasks, `rps 20..${SERVED_PER_TASK * tasks} for 90m`);
  const before = process.cpuUsage();
  const { totals, events } = forecast(scenario);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  const cells = [String(totals.maxTasks).padStart(13), String(events.length).padStart(9), seconds.toFixed(2).padStart(8)];
  console.log(...cells, ((1000 * seconds) / totals.maxTasks).toFixed(2).padStart(18));
}
