import { expect, onTestFinished, test } from 'vitest';
import type { PhaseListener } from '../../../cli/rehearsal/phase';
import { type RehearsalObserver, type RehearsalOutcome, type RunningRehearsal, rehearse } from '../../../cli/rehearsal/rehearsal';
import { ProcessRuntime } from '../../../cli/rehearsal/tasks/process-runtime';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { desiredCounts } from '../../../src/scenario/outcome';
import { parseFault } from '../../../src/scenario/parse-fault';
import { parseTraffic } from '../../../src/scenario/parse-traffic';
import type { Scenario } from '../../../src/scenario/scenario';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../../search-plan';

/** A server that works for some milliseconds of CPU on each request but its health check. */
const BUSY = `
require('http').createServer(({ url }, answer) => {
  const before = process.cpuUsage();
  while (url !== '/health' && process.cpuUsage(before).user < 4000);
  answer.end('done');
}).listen(process.env.PORT)`;

interface Asked {
  readonly speed: number;
  readonly traffic: string;
  readonly cpu: number;
  readonly faults?: readonly string[];
  readonly isExternal?: boolean;
  readonly script?: string;
  readonly onPhase?: PhaseListener;
}

async function rehearsed(
  { speed, traffic, cpu, faults = [], isExternal, script = BUSY, onPhase }: Asked,
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
  return rehearse({ scenario, runtime, paths: ['/'], speed, port: 0, isExternal, interrupted, onPhase }, observer);
}

test('at 20 and at 60 times the speed the same is decided, and two rehearsals at once do not collide', async () => {
  const traffic = 'users 12 think 10ms for 8m';
  // so small a task gets its share of any machine, however busy that is with something else.
  const small = { traffic, cpu: 64 };
  const [slower, faster] = await Promise.all([rehearsed({ ...small, speed: 20 }), rehearsed({ ...small, speed: 60 })]);
  // two tasks that are saturated want ceil(2 * 100 / 40), and get the maximum; they would at 61 % too.
  expect([slower, faster].map(desiredCounts)).toEqual([
    [2, 4],
    [2, 4],
  ]);
  const [one, other] = [slower, faster].map(({ activities }) => activities[0]!.startSeconds);
  expect(Math.abs(one! - other!)).toBeLessThanOrEqual(66);
});

test('a fault befalls at its moment, another by hand, and an early end sums up what there was', async () => {
  let running: RunningRehearsal | undefined;
  const outcome = await rehearsed(
    { speed: 60, cpu: 512, traffic: 'rps 5 for 60m', faults: ['fail health checks of 1 at 1m for 40m'] },
    {
      onReady: (rehearsal) => {
        running = rehearsal;
        rehearsal.befall(parseFault('kill 1 at 0s'));
      },
      onEvent: ({ description }) => {
        if (description === 'a task failed its health checks') running?.end();
      },
    },
  );
  expect(outcome.faultsByHand).toMatchObject([{ kind: 'kill-task' }]);
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

test('requests that others send are counted, and nothing is sent from here', async () => {
  const outcome = await rehearsed(
    { speed: 60, cpu: 512, traffic: 'rps 50 for 2m', isExternal: true },
    {
      onReady: async ({ url, end }) => {
        for (let count = 0; count < 3; count++) await fetch(url);
        end();
      },
    },
  );
  expect(outcome.totals).toMatchObject({ requests: 3, servedRequests: 3, failedRequests: 0, inFlightRequests: 0 });
  expect(outcome.shortfall).toBeUndefined();
});

/** A server that takes longer for each request, and one at a time, than tasks are kept busy before the traffic. */
const SLOW = `
let last = Promise.resolve();
require('http').createServer(({ url }, answer) => {
  if (url === '/health') return answer.end();
  last = last.then(() => new Promise((resolve) => setTimeout(resolve, 1000))).then(() => answer.end('done'));
}).listen(process.env.PORT)`;

test('what the start of its tasks waits for is told, and of slow tasks no request from before the traffic is counted', async () => {
  const names: string[] = [];
  const onPhase: PhaseListener = (look) => names.push(look().name);
  const { totals } = await rehearsed({ speed: 60, traffic: 'rps 0 for 1m', cpu: 256, script: SLOW, onPhase });
  expect(names).toEqual(['starting the tasks', 'warming up']);
  expect(totals).toMatchObject({ requests: 0, servedRequests: 0, failedRequests: 0 });
});
