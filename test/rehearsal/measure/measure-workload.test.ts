import { describe, expect, test } from 'vitest';
import {
  MeasurementError,
  type MeasurementParts,
  type MeasurementSchedule,
  measureWorkload,
  QUICK_SCHEDULE,
} from '../../../rehearsal/measure/measure-workload';
import { DEFAULT_PLAN } from '../../../src/plan/default-service-plan';
import type { Plan } from '../../../src/plan/service-plan';
import { processRuntimeOf } from '../process-runtime-of';

const PLAN: Plan = { ...DEFAULT_PLAN, task: { cpu: 1024, memoryMiB: 2048 } };

/** A healthy server that runs a statement for each request that is not a health check. */
function server(respond: string): string {
  return `require('http').createServer(({ url }, response) => {
    if (url === '/health') return response.end();
    ${respond};
  }).listen(process.env.PORT)`;
}

/** As short as a measurement can be. */
const SHORT: MeasurementSchedule = {
  ...QUICK_SCHEDULE,
  warmUp: { windowSeconds: 0.1, maxSeconds: 1.5 },
  searchSeconds: 1,
  idleSeconds: 0.3,
  limitSeconds: 0.5,
  maxSecondsPerLoad: 5,
};

async function measure(
  script: string,
  { schedule, ...parts }: Partial<Omit<MeasurementParts, 'schedule'>> & { readonly schedule?: Partial<MeasurementSchedule> } = {},
) {
  const command = { program: process.execPath, arguments: ['-e', script], workingDirectory: __dirname, environment: {} };
  const runtime = await processRuntimeOf(command, PLAN.task);
  return measureWorkload({ plan: PLAN, paths: ['/'], runtime, schedule: { ...SHORT, ...schedule }, ...parts });
}

test('waits for a request that takes longer than the duration of a load', async () => {
  const levels = [
    { shareOfMaxThroughput: 0.4, minSeconds: 0.2 },
    { shareOfMaxThroughput: 0.8, minSeconds: 0.2 },
  ];
  // a limit, not an expectation: on a busy machine, two responses may come seconds after they are due.
  const schedule = { levels, maxSecondsPerLoad: 30 };
  const { workload, points, limit } = await measure(server('setTimeout(() => response.end(), 1500)'), { schedule });
  expect(points).toHaveLength(2);
  for (const { latencySeconds } of points) expect(latencySeconds).toBeGreaterThan(1.4);
  // the request waits and does not compute.
  expect(workload.baseLatencySeconds).toBeGreaterThan(1.2);
  expect(workload.cpuSecondsPerRequest).toBeLessThan(0.2);
  // users who never pause: the average, not a burst or the time between two.
  const concurrentRequests = limit.measurement.requestsPerSecond * limit.measurement.latencySeconds;
  expect(limit.usersPerTask).toBeGreaterThanOrEqual(16);
  expect(concurrentRequests / limit.usersPerTask).toBeGreaterThan(0.5);
  expect(concurrentRequests / limit.usersPerTask).toBeLessThan(2);
});

test.each([
  ['rare at the speed of the wall clock', 1, /^(checked once|checked twice)$/],
  ['as frequent as in a rehearsal of that speed', 300, /^checked often$/],
])('health checks are %s while requests are measured', async (_, speed, expected) => {
  // the server fails once the number of health checks since its first request is not the expected one. A request costs a tenth of a
  // millisecond of CPU, so that the CPU of a task is that of its requests on any machine.
  const counting = `let requests = 0, checks = 0, word = '';
  require('http').createServer(({ url }, response) => {
    if (url === '/health') { if (requests > 0) checks++; return response.end(); }
    requests++;
    const before = process.cpuUsage();
    for (let used = before; used.user + used.system < 100 || used === before; ) used = process.cpuUsage(before);
    word = ['checked once', 'checked once', 'checked twice'][checks] ?? 'checked often';
    response.writeHead(requests > 3000 && !${expected}.test(word) ? 500 : 200).end();
  }).listen(process.env.PORT)`;
  const levels = [{ shareOfMaxThroughput: 0.1, minSeconds: 0.2 }];
  const { workload } = await measure(counting, { schedule: { levels }, speed });
  expect(workload.cpuSecondsPerRequest).toBeGreaterThan(0);
});

test('more users are tried while they get more responses, until requests fail', async () => {
  // each request waits, and more than forty at once are too many.
  const waiting = `waiting = (globalThis.waiting ?? 0) + 1;
    if (waiting > 40) { waiting--; response.writeHead(503).end(); return; }
    setTimeout(() => { waiting--; response.end(); }, 100)`;
  const { limit } = await measure(server(waiting), { schedule: { searchSeconds: 20 } });
  expect(limit).toMatchObject({ usersPerTask: 32, failure: 'under load, GET / responded 503' });
});

test('the limit says if more users were not tried because the search took too long', async () => {
  const schedule = { searchSeconds: 0, levels: [{ shareOfMaxThroughput: 0.5, minSeconds: 0.2 }] };
  const { limit } = await measure(server('setTimeout(() => response.end(), 100)'), { schedule });
  expect(limit).toMatchObject({ usersPerTask: 16, hasUntriedUsers: true });
});

test('reports its progress, from the start to the end', async () => {
  const names: string[] = [];
  const levels = [
    { shareOfMaxThroughput: 0.1, minSeconds: 0.2 },
    { shareOfMaxThroughput: 0.8, minSeconds: 0.2 },
  ];
  await measure(server('response.end()'), { schedule: { levels }, onProgress: (readStep) => names.push(readStep().name) });
  expect([...new Set(names)]).toEqual([
    'starting the task',
    'warming up',
    'looking for the highest rate',
    'measuring at 10 % of it',
    'measuring at 80 % of it',
    'measuring the limit',
    'waiting for the task to stop',
  ]);
});

describe('a healthy task that cannot be measured is an error with a reason', () => {
  test.each([
    ['fails', 'response.writeHead(500).end()', 'under load, GET / responded 500', /--path/],
    ['never responds', '', 'no second response from / in 2 seconds', /--set cpu=.*--path/],
    [
      'ends',
      'console.log("no file left"); process.exit(4)',
      'a task ended with exit code 4',
      /the command `check` to find out.*\nits last lines:\nno file left/,
    ],
  ])('one that %s', async (_, respond, reason, advice) => {
    const failure = await measure(server(respond), { schedule: { maxSecondsPerLoad: 1 } }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MeasurementError);
    expect(failure).toMatchObject({ reason, message: expect.stringMatching(advice) });
  });
});

test('a task that never becomes healthy is not a measurement error', async () => {
  const failure = await measure('process.exitCode = 3').catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(MeasurementError);
  expect(failure).toMatchObject({ name: 'InputError', message: expect.stringContaining('exit code 3') });
});
