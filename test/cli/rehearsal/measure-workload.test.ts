import { describe, expect, test } from 'vitest';
import { planOfDefaults } from '../../../cli/plan-of-defaults';
import { type MeasurementParts, measureWorkload } from '../../../cli/rehearsal/measure-workload';
import { Unmeasurable } from '../../../cli/rehearsal/unmeasurable';
import type { Plan } from '../../../src/plan/plan';
import { processRuntimeOf } from './process-runtime-of';

const DEFAULTS = planOfDefaults('Service');
const PLAN: Plan = { ...DEFAULTS, task: { cpu: 1024, memoryMiB: 2048 } };

/** A server in one line that is healthy, and answers each other request with what is said in `answer`. */
function server(answer: string): string {
  return `require('http').createServer(({ url }, response) => {
    if (url === '/health') return response.end();
    ${answer};
  }).listen(process.env.PORT)`;
}

async function measure(script: string, parts: Partial<MeasurementParts> = {}) {
  const command = { program: process.execPath, arguments: ['-e', script], workingDirectory: __dirname, environment: {} };
  const runtime = await processRuntimeOf(command, PLAN.task);
  return measureWorkload({ plan: PLAN, paths: ['/'], runtime, mostSecondsPerLoad: 5, ...parts });
}

test('a request that takes longer than a load is meant to last is waited for', async () => {
  const levels = [
    { share: 0.4, seconds: 0.2 },
    { share: 0.8, seconds: 0.2 },
  ];
  const { workload, points, saturated } = await measure(server('setTimeout(() => response.end(), 1500)'), { levels });
  expect(points).toHaveLength(2);
  for (const { latencySeconds } of points) expect(latencySeconds).toBeGreaterThan(1.4);
  // it waits, and does not compute.
  expect(workload.baseLatencySeconds).toBeGreaterThan(1.2);
  expect(workload.cpuSecondsPerRequest).toBeLessThan(0.2);
  // sixteen users, who never pause: not a burst of theirs, nor the silence between two.
  expect(saturated.requestsPerSecond * saturated.latencySeconds).toBeGreaterThan(8);
  expect(saturated.requestsPerSecond * saturated.latencySeconds).toBeLessThan(32);
});

test.each([
  ['few on the wall clock', 1, /^(checked once|checked twice)$/],
  ['as many as in a rehearsal that is as fast', 300, /^checked often$/],
])('health checks are %s while requests are measured', async (_, speed, answer) => {
  // it says how often it was checked after its first requests, which is by a path that fails where that is not as it should be.
  const counting = `let asked = 0, checks = 0, word = '';
  require('http').createServer(({ url }, response) => {
    if (url === '/health') { if (asked > 0) checks++; return response.end(); }
    asked++;
    word = ['checked once', 'checked once', 'checked twice'][checks] ?? 'checked often';
    response.writeHead(asked > 3000 && !${answer}.test(word) ? 500 : 200).end();
  }).listen(process.env.PORT)`;
  const levels = [{ share: 0.1, seconds: 0.2 }];
  await expect(measure(counting, { levels, speed })).resolves.toBeDefined();
});

test('what is waited for is told, from the start to the end', async () => {
  const names: string[] = [];
  const levels = [
    { share: 0.1, seconds: 0.2 },
    { share: 0.8, seconds: 0.2 },
  ];
  await measure(server('response.end()'), { levels, onPhase: (look) => names.push(look().name) });
  expect(names).toEqual([
    'starting the task',
    'warming up',
    'finding what it stands',
    'at 10 % of that',
    'at 80 % of that',
    'waiting for it to stop',
  ]);
});

describe('a task that is healthy and cannot be measured says why', () => {
  test.each([
    ['fails', 'response.writeHead(500).end()', 'under load, GET / answered 500', /--path/],
    ['never answers', '', 'no second answer from / in 2 seconds', /--set cpu=.*--path/],
    [
      'ends',
      'console.log("no file left"); process.exit(4)',
      'a task ended with exit code 4',
      /command check tries.*\nits last lines:\nno file left/,
    ],
  ])('one that %s', async (_, answer, reason, advice) => {
    const failure = await measure(server(answer), { mostSecondsPerLoad: 1 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unmeasurable);
    expect(failure).toMatchObject({ reason, message: expect.stringMatching(advice) });
  });
});

test('a task that was never healthy is no matter of a measurement', async () => {
  const failure = await measure('process.exitCode = 3').catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(Unmeasurable);
  expect(failure).toMatchObject({ name: 'InvalidInput', message: expect.stringContaining('exit code 3') });
});
