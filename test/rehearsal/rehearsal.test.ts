import { expect, onTestFinished, test } from 'vitest';
import type { ProgressListener } from '../../rehearsal/progress-step';
import { type RehearsalObserver, type RehearsalOutcome, type RunningRehearsal, rehearse } from '../../rehearsal/rehearsal';
import { ProcessRuntime } from '../../rehearsal/task-runtime/process/process-runtime';
import { parseFault } from '../../src/faults/fault-grammar';
import { desiredCounts } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../search-plan';

/** A server that uses some milliseconds of CPU for each request except the health check. */
const BUSY = `
require('http').createServer(({ url }, answer) => {
  const before = process.cpuUsage();
  while (url !== '/health' && process.cpuUsage(before).user < 4000);
  answer.end('done');
}).listen(process.env.PORT)`;

interface RequestedScenario {
  readonly speed: number;
  readonly traffic: string;
  readonly cpu: number;
  readonly faults?: readonly string[];
  readonly isTrafficExternal?: boolean;
  readonly script?: string;
  readonly onProgress?: ProgressListener;
}

async function local(
  { speed, traffic, cpu, faults = [], isTrafficExternal, script = BUSY, onProgress }: RequestedScenario,
  observer: RehearsalObserver = {},
): Promise<RehearsalOutcome> {
  const scenario: Scenario = {
    plan: { ...searchPlan(2, 4, [cpuTarget(40)]), task: { cpu, memoryMiB: 512 } },
    workload: MEASURED_SEARCH_WORKLOAD,
    traffic: parseTraffic(traffic),
    faults: faults.map(parseFault),
    behavior: AWS_BEHAVIOR,
    seed: 1,
  };
  const command = { program: process.execPath, arguments: ['-e', script], workingDirectory: __dirname, environment: {} };
  const runtime = await ProcessRuntime.start(command, scenario.plan.task);
  onTestFinished(() => runtime.stop());
  const interrupted = new Promise<never>(() => {});
  return rehearse({ scenario, runtime, paths: ['/'], speed, port: 0, isTrafficExternal, interrupted, onProgress }, observer);
}

test('at 20 and 60 times the speed the decisions are the same, and two rehearsals at once do not collide', async () => {
  const traffic = 'users 12 think 10ms for 8m';
  // a small task gets its CPU share on any machine, also on a busy one.
  const small = { traffic, cpu: 64 };
  const [slower, faster] = await Promise.all([local({ ...small, speed: 20 }), local({ ...small, speed: 60 })]);
  // two saturated tasks require ceil(2 * 100 / 40), and get the maximum; from 61 % on as well.
  expect([slower, faster].map(desiredCounts)).toEqual([
    [2, 4],
    [2, 4],
  ]);
  const [one, other] = [slower, faster].map(({ activities }) => activities[0]!.startSeconds);
  expect(Math.abs(one! - other!)).toBeLessThanOrEqual(66);
});

test('a fault of the scenario and one of a user take effect, and an early end has an outcome', async () => {
  let running: RunningRehearsal | undefined;
  const outcome = await local(
    { speed: 60, cpu: 512, traffic: 'rps 5 for 60m', faults: ['fail health checks of 1 at 1m for 40m'] },
    {
      onReady: (rehearsal) => {
        running = rehearsal;
        rehearsal.inject(parseFault('kill 1 at 0s'));
      },
      onEvent: ({ description }) => {
        if (description === 'a task failed its health checks') running?.end();
      },
    },
  );
  expect(outcome.manualFaults).toMatchObject([{ kind: 'kill-task' }]);
  expect(running).toMatchObject({ bounds: { min: 2, max: 4 }, notScaled: outcome.notScaled });
  expect(running?.lastFailure).toBe(outcome.failures.last);
  expect(outcome.events.map(({ description }) => description)).toEqual(
    expect.arrayContaining([
      '1 task was killed',
      '1 task was made to fail its health checks for 2400 s',
      'a task failed its health checks',
    ]),
  );
  expect(outcome.endedAtSeconds).toBeGreaterThanOrEqual(60);
  expect(outcome.endedAtSeconds).toBeLessThan(3600);
  expect(outcome.timeline.at(-1)!.atSeconds).toBeGreaterThanOrEqual(60);
});

test('requests of another program are counted, and none are sent', async () => {
  const outcome = await local(
    { speed: 60, cpu: 512, traffic: 'rps 50 for 2m', isTrafficExternal: true },
    {
      onReady: async ({ url, end }) => {
        for (let count = 0; count < 3; count++) await fetch(url);
        end();
      },
    },
  );
  expect(outcome.totals).toMatchObject({ requests: 3, servedRequests: 3, failedRequests: 0, requestsInFlightAtEnd: 0 });
  expect(outcome.shortfall).toBeUndefined();
});

/** A server that handles one request at a time, each longer than the warm-up. */
const SLOW = `
let last = Promise.resolve();
require('http').createServer(({ url }, answer) => {
  if (url === '/health') return answer.end();
  last = last.then(() => new Promise((resolve) => setTimeout(resolve, 1000))).then(() => answer.end('done'));
}).listen(process.env.PORT)`;

test('the progress of the start is reported, and requests of the warm-up are not counted', async () => {
  const names: string[] = [];
  const onProgress: ProgressListener = (readStep) => names.push(readStep().name);
  const { totals } = await local({ speed: 60, traffic: 'rps 0 for 1m', cpu: 256, script: SLOW, onProgress });
  expect(names).toEqual(['starting the tasks', 'warming up']);
  expect(totals).toMatchObject({ requests: 0, servedRequests: 0, failedRequests: 0 });
});
