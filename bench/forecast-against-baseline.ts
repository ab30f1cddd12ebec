// How much CPU time forecasts take, as a share of an earlier build, in one run.
// Run: git worktree add --detach ../baseline 2a36f43 && npx tsx bench/forecast-against-baseline.ts ../baseline [row]
import { join, resolve } from 'node:path';
import type { recommend } from '../src/decide/recommend';
import type { Scenario } from '../src/run/scenario';
import type { AwsBehavior } from '../src/scaling/aws-behavior';
import type { forecastSeeds } from '../src/simulation/band';
import type { forecast } from '../src/simulation/forecast';
import type { sensitivityOf } from '../src/simulation/sensitivity';
import type { Traffic } from '../src/traffic/traffic-phases';
import { daysByMinute, overloadedScenario, searchScenario } from './forecast-scenarios';

/** The functions that are measured, of one build, and the behavior by which it knows that no other was chosen. */
interface Build {
  readonly AWS_BEHAVIOR: AwsBehavior;
  readonly forecast: typeof forecast;
  readonly forecastSeeds: typeof forecastSeeds;
  readonly sensitivityOf: typeof sensitivityOf;
  readonly recommend: typeof recommend;
}

const HOUR = 'users 30..120 for 30m, users 120 for 30m';
const OBJECTIVE = { p95Millis: 100, tasksLost: 1 };
const DAY = 'rps 200..3000 for 12h, rps 3000..200 for 12h';

function searchFor(build: Build, traffic: Traffic | string, maxCapacity?: number): Scenario {
  return scenarioFor(build, searchScenario(traffic, maxCapacity));
}

/** A scenario with the behavior that a build knows, and with the counts of alarms that an earlier build requires. */
function scenarioFor({ AWS_BEHAVIOR: behavior }: Build, scenario: Scenario): Scenario {
  const infrastructure = { ...scenario.plan.infrastructure, alarms: 0, highResolutionAlarms: 0 };
  return { ...scenario, plan: { ...scenario.plan, infrastructure }, behavior };
}

const ROWS: Readonly<Record<string, (build: Build) => unknown>> = {
  '24 hours of users that change each second': (build) =>
    build.forecast(searchFor(build, 'users 20..43220 think 10s for 12h, users 43220..20 think 10s for 12h')).totals,
  '24 hours of rates that change each second': (build) => build.forecast(searchFor(build, DAY)).totals,
  '1,000 seeds of an hour': (build) => build.forecastSeeds(searchFor(build, HOUR), 1000).at(-1),
  'service.forecast(): 100 seeds, and 20 of each behavior': (build) => [
    build.forecastSeeds(searchFor(build, HOUR), 100),
    build.sensitivityOf(searchFor(build, HOUR), 100),
  ],
  'a ramp to 516 tasks': (build) => build.forecast(scenarioFor(build, overloadedScenario(5000, 'rps 20..10000 for 60m'))).totals,
  '300 tasks, overloaded, replaced all the time': (build) =>
    build.forecast(scenarioFor(build, overloadedScenario(300, 'rps 50 for 5m, rps 14000 for 25m'))).totals,
  'recommend for a day, by minute': (build) => build.recommend(searchFor(build, daysByMinute(1), 4), OBJECTIVE),
  'recommend for a day, by second': (build) => build.recommend(searchFor(build, DAY, 4), OBJECTIVE),
  'recommend for a week, by minute': (build) => build.recommend(searchFor(build, daysByMinute(7), 4), OBJECTIVE),
  'recommend at 30,000 requests per second': (build) =>
    build.recommend(searchFor(build, 'rps 3000..30000 for 30m, rps 30000 for 30m', 4), OBJECTIVE),
};

/** Each build is measured this many times, in turns. The first run compiles the code. */
const RUNS = 3;

async function buildIn(folder: string): Promise<Build> {
  const load = (file: string) => import(join(resolve(folder), 'src', file));
  const files = ['simulation/forecast', 'simulation/band', 'simulation/sensitivity', 'decide/recommend', 'scaling/aws-behavior'];
  return Object.assign({}, ...(await Promise.all(files.map(load))));
}

/** The CPU seconds of a function and its result as JSON. */
function measured(run: () => unknown): { readonly cpuSeconds: number; readonly result: string } {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { cpuSeconds: (user + system) / 1e6, result: JSON.stringify(result) };
}

function printRow(name: string, now: Build, baseline: Build): void {
  const seconds = { now: Number.POSITIVE_INFINITY, baseline: Number.POSITIVE_INFINITY };
  let isEqual = true;
  for (let run = 0; run < RUNS; run++) {
    const earlier = measured(() => ROWS[name]!(baseline));
    const later = measured(() => ROWS[name]!(now));
    seconds.baseline = Math.min(seconds.baseline, earlier.cpuSeconds);
    seconds.now = Math.min(seconds.now, later.cpuSeconds);
    isEqual &&= earlier.result === later.result;
  }
  const cells = [seconds.baseline.toFixed(3), seconds.now.toFixed(3), `${(seconds.now / seconds.baseline).toFixed(2)} x`];
  console.log(name.padEnd(58), ...cells.map((cell) => cell.padStart(9)), isEqual ? '' : '  THE OUTCOMES DIFFER');
}

async function main(folder: string | undefined, row: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('the folder of the baseline must be given, such as ../baseline');
  const [now, baseline] = [await buildIn('.'), await buildIn(folder)];
  console.log('least CPU seconds of three runs in turns'.padEnd(58), ' baseline', '      now', '    ratio');
  for (const name of Object.keys(ROWS)) if (row === undefined || name.includes(row)) printRow(name, now, baseline);
}

main(process.argv[2], process.argv[3]).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
