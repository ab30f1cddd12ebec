import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandHere } from './run-command-here';
import { shopTemplate } from './shop-template';

const TRAFFIC = 'rps 2400 for 8m, rps 100 for 4m';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'what-if-'));
  write('shop.json', shopTemplate());
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

/** Runs a command on the shop template with three seeds, in the folder of this test. */
function ask(command: string, ...words: readonly string[]) {
  const seeds = command === 'recommend' ? [] : ['--seeds', '3'];
  return runCommandHere([command, '--template', 'shop.json', ...seeds, ...words], folder);
}

async function forecastOf(...words: readonly string[]) {
  const { stdout, stderr } = await ask('forecast', '--json', ...words);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('a forecast is written', () => {
  test('as a chart, a page and a table', async () => {
    const { exitCode, stdout } = await ask('forecast', '--traffic', TRAFFIC, '--svg', 'a.svg', '--html', 'a.html', '--csv', 'a.csv');
    expect({ exitCode, written: stdout.slice(stdout.indexOf('Written')) }).toEqual({
      exitCode: 0,
      written: 'Written\n  a.svg\n  a.html\n  a.csv\n',
    });
    expect(readFileSync(join(folder, 'a.svg'), 'utf8')).toMatch(/^<svg .*<title>Forecast of Shop<\/title>/);
    expect(readFileSync(join(folder, 'a.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(13);
  });

  test('also if an expectation is not met', async () => {
    const { exitCode } = await ask('forecast', '--traffic', TRAFFIC, '--svg', 'unmet.svg', '--expect-max-tasks', '2');
    expect([exitCode, existsSync(join(folder, 'unmet.svg'))]).toEqual([1, true]);
  });

  test.each([
    [['--svg', 'nowhere/a.svg'], /^error: --svg must be in a folder that exists, got 'nowhere\/a.svg'$/m],
    [['--svg', 'folder'], /^error: --svg must be the path of a file, got the folder 'folder'$/m],
    [['--csv', ''], /^error: --csv must be the path of a file, got ''$/m],
    [['--svg', 'same', '--csv', './same'], /^error: --csv and --svg must be different files, got '.\/same' for both$/m],
    [['--svg', 'fine.svg', '--html', `${'long'.repeat(80)}.html`], /^error: --html cannot be written to '.*' \(ENAMETOOLONG\)$/m],
  ])('%j is an input error, and no file is written', async (words, message) => {
    mkdirSync(join(folder, 'folder'), { recursive: true });
    const before = readdirSync(folder);
    const { exitCode, stderr } = await ask('forecast', '--traffic', 'rps 10 for 1m', ...words);
    expect(stderr).toMatch(message);
    expect({ exitCode, files: readdirSync(folder) }).toEqual({ exitCode: 2, files: before });
  });
});

describe('what if', () => {
  test('a prop of the construct were another', async () => {
    const { plan, outcome } = await forecastOf('--traffic', TRAFFIC, '--set', 'minCapacity=3', '--set', 'targetCpuUtilizationPercent=75');
    expect(plan.policy).toMatchObject({ minCapacity: 3, targetTracking: [{ targetValue: 75 }] });
    expect(outcome.totals.maxTasks).toBe(3);
  });

  test('any number of plan, workload or AWS were another', async () => {
    const changes = ['healthCheck.intervalSeconds=20', 'policy.targetTracking.Cpu.scaleInCooldownSeconds=60', 'workload.startUpSeconds=20'];
    const { plan, workload } = await forecastOf('--traffic', TRAFFIC, ...changes.flatMap((change) => ['--set', change]));
    expect([plan.healthCheck.intervalSeconds, plan.policy.targetTracking[0].scaleInCooldownSeconds, workload.startUpSeconds]).toEqual([
      20, 60, 20,
    ]);
  });

  test.each([
    ['minCapacity', "a change must be NAME=VALUE, such as 'minCapacity=3'"],
    ['minCapacity=many', "minCapacity must be a number, got 'many'"],
    ['minCapacity=9', 'minCapacity must be at most maxCapacity (4), got 9'],
    ['scaleInCooldown=fast', "scaleInCooldown must be a duration such as 60s, got 'fast'"],
    ['cpu=300', 'cpu must be one of 256, 512, 1024'],
    ['minCapcity=3', "'minCapcity' cannot be set (did you mean 'minCapacity'?); the props are cpu, "],
    ['domainName=a.b', "'domainName' cannot be set; the props are cpu, memoryLimitMiB, minCapacity"],
    ['policy.minimum=3', ", got 'minimum'"],
    ['policy.targetTracking.Memory.targetValue=3', "an item of policy.targetTracking must be one of Cpu, got 'Memory'"],
    ['behavior.scaleInStep=all', 'behavior.scaleInStep must be one-task or proportional, got "all"'],
    ['service=Other', 'service cannot be overridden (it is \'Shop\'), got "Other"'],
    ['__proto__.x=1', 'a field must be one of '],
  ])('%s is an input error', async (change, sentence) => {
    const { exitCode, stderr, stdout } = await ask('forecast', '--traffic', TRAFFIC, '--json', '--set', change);
    expect(stderr).toContain(sentence);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('traffic from a file', () => {
  test.each([
    ['options.json', '{"stages": [{"duration": "1m", "target": 10}, {"duration": "2m", "target": 10}]}', 3],
    ['trace.csv', 't,rps\n0,100\n60,200\n120,0\n', 3],
  ])('%s lasts as long as it says', async (name, text, minutes) => {
    write(name, text);
    const think = name.endsWith('.json') ? ['--think', '1s'] : [];
    const { outcome } = await forecastOf('--traffic', name, ...think);
    expect(outcome.timeline.length).toBeGreaterThanOrEqual(minutes - 1);
    expect(outcome.totals.requests).toBeGreaterThan(100);
  });

  test('that is not there is said', async () => {
    const { exitCode, stderr } = await ask('forecast', '--traffic', 'gone.csv');
    expect(stderr).toMatch(/^error: --traffic must be a file that can be read, got '.*gone.csv' \(ENOENT\)$/m);
    expect(exitCode).toBe(2);
  });
});

describe('options that would have no effect are input errors:', () => {
  test.each([
    [
      ['--traffic', 'rps 10 for 5m', '--think', '1s'],
      "--think must go with traffic from a file of a load test, got 'rps 10 for 5m': write",
    ],
    [['--traffic', 'trace.csv', '--think', '1s'], "--think must go with traffic from a file of a load test, got 'rps 100 for 1m"],
    [
      ['--traffic', 'rps 10 for 5m', '--requests-per-iteration', '2'],
      "--requests-per-iteration must go with traffic from a file of a load test, got 'rps 10 for 5m': leave it out",
    ],
    [
      ['--traffic', 'rps 10 for 5m', '--cpu-per-request', '2ms', '--idle-memory', '600MiB'],
      'idle memory must be at most the 512 MiB of a task, got 600 MiB',
    ],
    [['--scenario', 'predicted.json'], 'a predicted minimum must be at most maxCapacity (4), got 5'],
  ])('%j', async (words, message) => {
    write('trace.csv', 't,rps\n0,100\n60,200\n120,0\n');
    write('predicted.json', '{"traffic": "rps 10 for 5m", "predictedMinimums": [{"atSeconds": 60, "minCapacity": 5}]}');
    const { exitCode, stderr } = await ask('forecast', ...words);
    expect(stderr).toContain(`error: ${message}`);
    expect(exitCode).toBe(2);
  });
});

describe('a scenario file', () => {
  test('says all but the plan, and what is given besides it wins', async () => {
    const scenario = {
      traffic: 'rps 50 for 5m',
      workload: { cpuSecondsPerRequest: 0.002 },
      faults: ['stop 1 at 2m'],
      behavior: { scaleInStep: 'proportional' },
      policyChanges: [{ atSeconds: 60, targetValue: 50 }],
      seed: 40,
      set: ['minCapacity=3'],
    };
    write('scenario.json', JSON.stringify(scenario));
    const { plan, workload, seed, outcome } = await forecastOf('--scenario', 'scenario.json', '--cpu-per-request', '3ms');
    expect([plan.policy.minCapacity, workload.cpuSecondsPerRequest, outcome.timeline.length]).toEqual([3, 0.003, 5]);
    expect(seed).toBeGreaterThanOrEqual(40);
  });

  test('has all its mistakes told together', async () => {
    const faults = [
      'stop one at 2m',
      { kind: 'stop-task', atSeconds: 1 },
      { kind: 'pause-task', atSeconds: 1, count: 0, durationSeconds: 1 },
      7,
    ];
    write('wrong.json', JSON.stringify({ trafic: 1, traffic: 3, workload: { idleVcpu: 'few' }, behavior: { x: 1 }, faults, seed: -1 }));
    const { exitCode, stderr } = await ask('forecast', '--scenario', 'wrong.json');
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^error: wrong.json line 1: a field of wrong.json must be one of traffic, .*, got 'trafic'$/),
      'error: wrong.json line 1: traffic must be text such as "rps 10 for 5m" or the name of a file, got 3',
      expect.stringMatching(/^error: the number of tasks must be a number, got 'one'/),
      'error: a fault stop-task must have kind, atSeconds, count, got {"kind":"stop-task","atSeconds":1}',
      expect.stringMatching(/^error: pause-task must affect a whole number of at least 1 task, got 0$/),
      expect.stringMatching(/^error: a fault must be text such as 'stop 1 at 10m' or have one of the kinds .*, got 7$/),
      'error: wrong.json line 1: workload.idleVcpu must be a number, got "few"',
      expect.stringMatching(/^error: wrong.json line 1: a field of behavior must be one of .*, got 'x'$/),
      'error: wrong.json line 1: seed must be a number of at least 0, got -1',
    ]);
    expect(exitCode).toBe(2);
  });
});

test('a fault after the end of the traffic is refused', async () => {
  const { exitCode, stderr } = await ask('forecast', '--traffic', 'rps 10 for 5m', '--fault', 'stop 1 at 10m');
  expect(stderr).toBe('error: stop-task must come before the traffic ends at 5m, got 10m\n');
  expect(exitCode).toBe(2);
});

describe('a comparison', () => {
  test('prints plans side by side with their costs, and draws them in one chart', async () => {
    const plans = ['--plan', 'three: minCapacity=3', '--plan', 'big: cpu=1024, memoryLimitMiB=2048'];
    const { exitCode, stdout } = await ask('compare', '--traffic', TRAFFIC, ...plans, '--svg', 'compare.svg');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ +current +three +big$/m);
    expect(stdout).toMatch(/^ {2}three against current: costs \$[\d.]+ more a month/m);
    expect(readFileSync(join(folder, 'compare.svg'), 'utf8')).toContain('three: served');
  });

  test.each([
    [[], /^error: no plan to compare with: add --plan /m],
    [
      ['--plan', 'minCapacity=3'],
      /^error: --plan must be '<name>: <change>, …', such as 'three tasks: minCapacity=3', got 'minCapacity=3'$/m,
    ],
    [['--plan', 'a: minCapacity=3', '--plan', 'a: minCapacity=4'], /^error: names of plans must differ, got 'a' twice$/m],
    [['--plan', 'a: minCapacity=7'], /^error: minCapacity must be at most maxCapacity \(4\), got 7$/m],
  ])('%j is an input error', async (words, message) => {
    const { exitCode, stderr } = await ask('compare', '--traffic', TRAFFIC, ...words);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

describe('a recommendation', () => {
  test('prints the props to paste', async () => {
    const { exitCode, stdout } = await ask('recommend', '--traffic', TRAFFIC, '--p95', '100ms', '--cpu', '256');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Props of the construct\n {2}\{\n {4}cpu: 256,\n {4}memoryLimitMiB: \d+,\n {4}minCapacity: \d+,/);
  });

  test('without a policy that meets the objective has exit code 1', async () => {
    const { exitCode, stderr } = await ask('recommend', '--traffic', TRAFFIC, '--p95', '1ms', '--cpu', '256');
    expect(stderr).toMatch(/^not met: /m);
    expect(exitCode).toBe(1);
  });

  test.each([
    [['--failures', 'few'], /^error: --failures must be from 0% to 100%, got 'few'$/m],
    [['--tasks-lost', '-1'], /^error: --tasks-lost must be a whole number of at least 0, got '-1'$/m],
  ])('%j is an input error', async (words, message) => {
    const { exitCode, stderr } = await ask('recommend', '--traffic', TRAFFIC, ...words);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});
