/**
 * What the command `measure` says of a server, against what the server does under 60 seconds of load of another load generator, by the
 * CPU time that the kernel counts in /proc:
 *
 *   npx tsx bench/measure/main.ts [--folder <folder>] [--rounds <count>] [--seconds 60] [--core-speed 1] [gunicorn uvicorn …]
 *
 * With `--core-speed 0.2` the tasks run on a core of a fifth of the speed, so that a machine with few cores, or a busy one, reaches their
 * limit. Both sides then have it, and CPU time is that of this machine's core.
 *
 * Installs each server into the folder, from its registry. Needs wrk, the compiled command (`npx projen compile`), and the programs that
 * each server needs, such as go or mvn: a server without them is left out aloud. Takes about three minutes for each server and round.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { commandOfOption } from '../../cli/input/image-command';
import { applySet } from '../../cli/input/set-option';
import { limitEndOf } from '../../rehearsal/measure/limit-end';
import { type MeasurementSchedule, measureWorkload } from '../../rehearsal/measure/measure-workload';
import { ProcessRuntime, waitUntilListening } from '../../rehearsal/task-runtime/process/process-runtime';
import { DEFAULT_PLAN } from '../../src/plan/default-service-plan';
import { type TaskSize, vcpuOf } from '../../src/plan/task-size';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { has, median, refuseWithoutProc } from '../http/running';
import { installServer, MEASURED_SERVERS, type MeasuredServer } from './measured-servers';
import { cpuSecondsOf, processesOfPort } from './task-processes';

const run = promisify(execFile);

const COMMAND = join(__dirname, '..', '..', 'lib-cli', 'main.js');

const START_SECONDS = 60;

/** How long a server is loaded before it is read: as long as `measure` warms it up, and no less than this. */
const MIN_WARM_UP_SECONDS = 15;

const USERS = 16;

/** What `measure --json` prints, as far as it is compared. */
interface Measured {
  readonly plan: { readonly task: TaskSize };
  readonly workload: { readonly cpuSecondsPerRequest: number; readonly idleVcpu: number };
  readonly limit: { readonly requestsPerSecond: number; readonly endedBy: string; readonly users: number };
  readonly warmUp: { readonly seconds: number };
}

/** One server, once measured and once read from outside. */
interface Comparison {
  readonly measured: Measured;
  readonly cpuSecondsPerRequest: number;
  readonly requestsPerSecond: number;
  /** The share of the task's CPU that was used. */
  readonly cpuShare: number;
}

async function measure({ command, settings = [] }: MeasuredServer, folder: string): Promise<Measured> {
  const words = [COMMAND, 'measure', '--json', '--command', command, ...settings.flatMap((setting) => ['--set', setting])];
  const { stdout } = await run(process.execPath, words, { cwd: folder, maxBuffer: 2 ** 24 });
  return JSON.parse(stdout) as Measured;
}

/** The same by the function that the command calls, on a slower core. */
async function measureOnSlowerCore({ command, settings = [] }: MeasuredServer, folder: string, coreSpeed: number): Promise<Measured> {
  const { plan } = applySet({ plan: DEFAULT_PLAN, workload: MEASURED_SEARCH_WORKLOAD, behavior: AWS_BEHAVIOR }, settings);
  const runtime = await ProcessRuntime.start(commandOfOption(command, {}, folder), plan.task);
  try {
    const { workload, limit, warmUp } = await measureWorkload({
      plan,
      paths: ['/'],
      runtime,
      schedule: SCHEDULE,
      isStraightToTask: true,
      coreSpeed,
    });
    return {
      plan,
      workload: { ...workload, cpuSecondsPerRequest: coreSpeed * workload.cpuSecondsPerRequest },
      limit: { ...limit.measurement, endedBy: limitEndOf(limit, vcpuOf(plan.task)), users: limit.usersPerTask },
      warmUp,
    };
  } finally {
    await runtime.stop();
  }
}

/** That of `measure` by default. */
const SCHEDULE: MeasurementSchedule = {
  levels: [0.08, 0.2, 0.35, 0.5, 0.65, 0.8].map((shareOfMaxThroughput) => ({ shareOfMaxThroughput, minSeconds: 3 })),
  warmUp: { windowSeconds: 1.2, maxSeconds: 150 },
  searchSeconds: 20,
  idleSeconds: 2,
  limitSeconds: 6,
  maxSecondsPerLoad: 20,
};

/** What a load balancer adds to each request: a server that reads these headers needs more CPU. */
const FORWARDED_HEADERS = [
  'X-Forwarded-For: 127.0.0.1',
  'X-Forwarded-Proto: http',
  'X-Forwarded-Port: 80',
  'X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678',
];

/** The requests that wrk counts with users who never pause. */
async function load(port: number, users: number, seconds: number): Promise<number> {
  const headers = FORWARDED_HEADERS.flatMap((header) => ['-H', header]);
  const { stdout } = await run('wrk', ['-t1', `-c${users}`, `-d${seconds}s`, ...headers, `http://127.0.0.1:${port}/`]);
  return Number(/(\d+) requests in/.exec(stdout)![1]);
}

/** Reads a server from outside, as a process under the same CPU quota. */
async function read(
  server: MeasuredServer,
  folder: string,
  measured: Measured,
  { seconds, coreSpeed }: { readonly seconds: number; readonly coreSpeed: number },
): Promise<Comparison> {
  const runtime = await ProcessRuntime.start(commandOfOption(server.command, {}, folder), measured.plan.task);
  try {
    const task = await runtime.run();
    const { port } = task;
    await waitUntilListening(port, AbortSignal.timeout(1000 * START_SECONDS));
    if (coreSpeed !== 1) task.setRelativeSpeed(coreSpeed);
    const users = Math.max(USERS, measured.limit.users);
    await load(port, users, Math.max(MIN_WARM_UP_SECONDS, Math.ceil(measured.warmUp.seconds)));
    const processes = processesOfPort(port);
    const cpuBefore = cpuSecondsOf(processes);
    const requests = await load(port, users, seconds);
    const cpuSeconds = cpuSecondsOf(processes) - cpuBefore;
    return {
      measured,
      cpuSecondsPerRequest: cpuSeconds / requests,
      requestsPerSecond: requests / seconds,
      cpuShare: cpuSeconds / seconds / vcpuOf(measured.plan.task) / coreSpeed,
    };
  } finally {
    await runtime.stop();
  }
}

function percent(ratio: number): string {
  return `${ratio >= 1 ? '+' : '-'}${Math.abs(100 * (ratio - 1)).toFixed(0)} %`;
}

function range(values: readonly number[]): string {
  return values.length === 1
    ? percent(values[0]!)
    : `${percent(median(values))} (${percent(Math.min(...values))} to ${percent(Math.max(...values))})`;
}

/** A row of the table: medians over the rounds, with their range. */
function row(name: string, rounds: readonly Comparison[]): string {
  const middle = (read: (comparison: Comparison) => number): number => median(rounds.map(read));
  const cells = [
    name,
    middle(({ measured }) => 1000 * measured.workload.cpuSecondsPerRequest).toFixed(4),
    middle(({ cpuSecondsPerRequest }) => 1000 * cpuSecondsPerRequest).toFixed(4),
    range(rounds.map(({ measured, cpuSecondsPerRequest }) => measured.workload.cpuSecondsPerRequest / cpuSecondsPerRequest)),
    middle(({ measured }) => measured.limit.requestsPerSecond).toFixed(0),
    middle(({ requestsPerSecond }) => requestsPerSecond).toFixed(0),
    range(rounds.map(({ measured, requestsPerSecond }) => measured.limit.requestsPerSecond / requestsPerSecond)),
    rounds.map(({ measured }) => measured.limit.endedBy).join(', '),
    `${(100 * middle(({ cpuShare }) => cpuShare)).toFixed(0)} %`,
    middle(({ measured }) => measured.warmUp.seconds).toFixed(0),
  ];
  return `| ${cells.join(' | ')} |`;
}

async function main(): Promise<void> {
  refuseWithoutProc();
  if (!has('wrk')) throw new Error('this benchmark needs wrk: apt-get install wrk');
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      folder: { type: 'string' },
      rounds: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '60' },
      'core-speed': { type: 'string', default: '1' },
    },
  });
  const coreSpeed = Number(values['core-speed']);
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'measured-'));
  const chosen = MEASURED_SERVERS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  console.log(`load average ${execFileSync('uptime', { encoding: 'utf8' }).split('load average:')[1]!.trim()}`);
  console.log('| server | CPU ms/request | /proc | | limit, req/s | 60 s | | ended by | CPU used | warm-up s |');
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const server of chosen) {
    const missing = server.needs.filter((program) => !has(program));
    if (missing.length > 0) {
      console.log(`skipped: ${server.name} needs ${missing.join(', ')}`);
      continue;
    }
    const serverFolder = installServer(server, folder);
    const rounds: Comparison[] = [];
    for (let round = 0; round < Number(values.rounds); round++) {
      const measured = coreSpeed === 1 ? await measure(server, serverFolder) : await measureOnSlowerCore(server, serverFolder, coreSpeed);
      rounds.push(await read(server, serverFolder, measured, { seconds: Number(values.seconds), coreSpeed }));
    }
    console.log(row(server.name, rounds));
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
