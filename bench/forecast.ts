// How fast a forecast is, how much memory it takes, and how close to a simulation request by request. Run: npx tsx bench/forecast.ts
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SeededRandom } from '../src/math/seeded-random';
import type { TargetTracking } from '../src/plan/target-tracking';
import type { Scenario } from '../src/run/scenario';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { forecastSeeds } from '../src/simulation/band';
import { forecast } from '../src/simulation/forecast';
import { queueingModelOf } from '../src/simulation/queueing/queueing-model';
import { parseTrace } from '../src/traffic/recorded/recorded-csv';
import { seasonalTraffic } from '../src/traffic/seasonal-traffic';
import { parseTraffic } from '../src/traffic/traffic-grammar';
import { type Traffic, trafficSeconds } from '../src/traffic/traffic-phases';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../src/workload/workload-parameters';
import { simulateTask } from '../test/accuracy/simulated-task';
import { searchPlan } from '../test/search-plan';

const RUNS = 7;
const REQUESTS = 400_000;
const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;
const CPU_TARGET: TargetTracking = {
  name: 'Cpu',
  metric: 'ECSServiceAverageCPUUtilization',
  targetValue: 60,
  scaleOutCooldownSeconds: 60,
  scaleInCooldownSeconds: 300,
  disableScaleIn: false,
};

function scenarioOf(traffic: Traffic): Scenario {
  return {
    plan: searchPlan(2, 10, [CPU_TARGET]),
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic,
    behavior: AWS_BEHAVIOR,
    faults: [],
    seed: 1,
  };
}

function days(count: number): Traffic {
  return seasonalTraffic({
    meanRequestsPerSecond: 2500,
    amplitudePercent: 70,
    peakHour: 14,
    weekendPercent: 40,
    days: count,
    firstWeekday: 0,
  });
}

/** Writes a month of seconds as a load balancer's log would give it: a daily cycle, and noise. */
function writeMonth(file: string): void {
  const random = new SeededRandom(1);
  const lines: string[] = [];
  for (let second = 0; second < 30 * DAY_SECONDS; second++) {
    const rate = 2500 - 1500 * Math.cos((2 * Math.PI * second) / DAY_SECONDS);
    lines.push(`${second},${Math.max(0, rate + Math.sqrt(rate) * random.normal()).toFixed(1)}`);
  }
  writeFileSync(file, lines.join('\n'));
}

function readMonth(file: string): Traffic {
  return parseTrace(readFileSync(file, 'latin1'));
}

/** The first run, which compiles the code, and the median of the others. */
function timed(run: () => void, runs = RUNS): { first: number; median: number } {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  const [first, ...others] = times;
  return { first: first!, median: others.sort((a, b) => a - b)[Math.floor(others.length / 2)] ?? first! };
}

function speedLine(name: string, seconds: number, run: () => void, runs = RUNS): void {
  const { first, median } = timed(run, runs);
  const rate = (seconds / (median / 1000) / 1e6).toFixed(1);
  console.log(`${name.padEnd(44)}${first.toFixed(0).padStart(9)}${median.toFixed(0).padStart(11)}${rate.padStart(20)}`);
}

/** The work of a separate process, so that its memory is measured alone. */
const TASKS: Readonly<Record<string, (monthFile: string) => void>> = {
  nothing: () => {},
  '24 hours of rates': () => forecast(scenarioOf(days(1))),
  '30 days of rates': () => forecast(scenarioOf(days(30))),
  '1,000 seeds of an hour': () => forecastSeeds(scenarioOf(HOUR), 1000),
  'a trace of 2.6 million rows, read': (file) => readMonth(file),
  'the same, forecast': (file) => forecast(scenarioOf(readMonth(file))),
};
const HOUR = parseTraffic('users 30..120 for 30m, users 120 for 30m');

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'forecast-'));
  try {
    const monthFile = join(folder, 'month.csv');
    writeMonth(monthFile);
    printSpeed(monthFile);
    printMemory(monthFile);
  } finally {
    rmSync(folder, { recursive: true });
  }
  printAgreement();
}

function printSpeed(monthFile: string): void {
  console.log('forecast                                     first ms  median ms  million sim. s per s');
  const traffics: [string, Traffic, number][] = [
    ['24 hours of rates, up and down', days(1), RUNS],
    ['24 hours of users, up and down', parseTraffic('users 20..300 for 12h, users 300..20 for 12h'), RUNS],
    ['30 days of rates, with weekends', days(30), 3],
    ['30 days, from a trace of 2.6 million rows', readMonth(monthFile), 3],
  ];
  for (const [name, traffic, runs] of traffics) {
    const scenario = scenarioOf(traffic);
    speedLine(name, trafficSeconds(traffic), () => forecast(scenario), runs);
  }
  speedLine('1,000 seeds of an hour', 1000 * HOUR_SECONDS, () => forecastSeeds(scenarioOf(HOUR), 1000), 3);
}

function printMemory(monthFile: string): void {
  console.log('\npeak memory, each in a separate process');
  for (const name of Object.keys(TASKS)) {
    const script = fileURLToPath(import.meta.url);
    const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', script, name, monthFile], { encoding: 'utf8' });
    console.log(`${name.padEnd(36)}${stdout.trim().padStart(6)} MB`);
  }
}

function printAgreement(): void {
  console.log('\none task beside a simulation request by request: 0.25 vCPU, 2 ms of CPU, no fixed part');
  console.log('model           load   mean ms  simulated   p95 ms  simulated   CPU %  simulated');
  for (const latencyModel of ['even-share', 'quota-windows'] as const)
    for (const utilization of [0.3, 0.6, 0.8, 0.9]) agreementLine({ ...MEASURED_SEARCH_WORKLOAD, latencyModel }, utilization);
  const { cpuSecondsPerRequest, idleVcpu } = MEASURED_SEARCH_WORKLOAD;
  const load = {
    cpuSecondsPerRequest,
    requestsPerSecond: 625,
    cores: 0.25 - idleVcpu,
    quota: 'even',
    requests: REQUESTS,
    seed: 1,
  } as const;
  const simulation = timed(() => simulateTask(load), 3).median;
  const simulatedPerSecond = REQUESTS / load.requestsPerSecond / (simulation / 1000) / 4;
  const scenario = scenarioOf(parseTraffic('rps 2400..2600 for 24h'));
  const forecastPerSecond = DAY_SECONDS / (timed(() => forecast(scenario)).median / 1000);
  console.log(
    `\n2,500 requests per second over four tasks: ${round(simulatedPerSecond)} seconds are simulated in a second request by request, ` +
      `and ${round(forecastPerSecond)} are forecast: ${round(forecastPerSecond / simulatedPerSecond)} times as many`,
  );
}

function agreementLine(known: Workload, utilization: number): void {
  const workload = { ...known, cpuSecondsPerRequest: 0.002, idleVcpu: 0, baseLatencySeconds: 0 };
  const queueingModel = queueingModelOf(workload, 0.25);
  const requestsPerSecond = utilization * queueingModel.capacityPerSecond;
  const quota = workload.latencyModel === 'even-share' ? 'even' : { wholeCores: 1 };
  const simulated = simulateTask({
    cpuSecondsPerRequest: workload.cpuSecondsPerRequest,
    requestsPerSecond,
    cores: 0.25,
    quota,
    requests: REQUESTS,
    seed: 1,
  });
  const said = queueingModel.latencyAt(requestsPerSecond);
  const cells = [
    workload.latencyModel.padEnd(13),
    `${Math.round(100 * utilization)} %`.padStart(6),
    millis(said.mean).padStart(9),
    millis(simulated.mean).padStart(10),
    millis(said.p95).padStart(8),
    millis(simulated.p95).padStart(10),
    (100 * utilization).toFixed(1).padStart(7),
    ((100 * simulated.busyCores) / 0.25).toFixed(1).padStart(10),
  ];
  console.log(cells.join(' '));
}

function millis(seconds: number): string {
  return (1000 * seconds).toFixed(1);
}

function round(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en');
}

const [, , asked, file = ''] = process.argv;
if (asked === undefined) main();
else {
  TASKS[asked]?.(file);
  console.log(Math.round(process.resourceUsage().maxRSS / 1024));
}
