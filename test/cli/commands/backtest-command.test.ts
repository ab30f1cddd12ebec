import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { METRIC_DATA, RESOURCES, SCALING_ACTIVITIES, writeRecording } from '../recording/recorded-service';
import { runCommandHere } from '../run-command-here';
import { shopTemplate } from '../shop-template';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backtest-'));
  writeRecording(join(folder, 'recording'));
  const files = { 'metrics.json': METRIC_DATA, 'activities.json': SCALING_ACTIVITIES };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  writeFileSync(join(folder, 'short.json'), '{"plan": {"service": "we');
  writeFileSync(join(folder, 'deep.json'), '['.repeat(1_000_000));
  writeFileSync(join(folder, 'shop.json'), shopTemplate({ target: { MaxCapacity: 4 } }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function backtest(...words: string[]) {
  return runCommandHere(['backtest', '--seeds', '5', ...words], folder);
}

describe('a recording', () => {
  test('is forecast with its plan, and what would have been with another one is beside it', async () => {
    const { exitCode, stdout } = await backtest('--recording', 'recording', '--set', 'targetCpuUtilizationPercent=30', '--expect-trust');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('service   web: 2 to 4 tasks of 0.25 vCPU and 512 MiB');
    expect(stdout).toMatch(/\n {2}close: its forecasts can be trusted/);
    expect(stdout).toMatch(/\n {2}activities with the same counts +6 of 6 observed and 6 here +3 of 3 observed and 3 here\n/);
    expect(stdout).toMatch(
      /With targetCpuUtilizationPercent=30\n {2}task-hours [\d.]+ instead of [\d.]+\n {2}for a month with this load \$/,
    );
    expect(stdout).toMatch(/\n {2}time over target \S+ instead of \S+\n/);
  });

  test('is one page with its forecast', async () => {
    const { exitCode } = await backtest('--recording', 'recording', '--html', 'page.html', '--csv', 'rows.csv');
    expect(exitCode).toBe(0);
    const page = readFileSync(join(folder, 'page.html'), 'utf8');
    for (const heading of [
      'web, as it was and as forecast',
      'As it was observed',
      'How far from what was observed',
      'forecast compared with observed',
    ])
      expect(page).toContain(heading);
    const runs = readFileSync(join(folder, 'rows.csv'), 'utf8')
      .split('\r\n')
      .map((line) => line.split(',')[0]);
    expect(new Set(runs.slice(1, -1))).toEqual(new Set(['"observed"', '"forecast"']));
  });

  test('as JSON has its trust, its agreement, its fit and all runs', async () => {
    const { stdout } = await backtest('--recording', 'recording', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      trust: 'close',
      agreement: {
        activities: { observed: 6, same: 6 },
        cpuPoints: { mean: expect.any(Number) },
        taskHours: { percentApart: expect.any(Number) },
      },
      prediction: { fromSeconds: 7200 },
      fit: { workload: { cpuSecondsPerRequest: expect.closeTo(0.003, 4) } },
      runs: [
        { name: 'observed', outcome: { kind: 'observed' } },
        { name: 'forecast', outcome: { kind: 'forecast' } },
      ],
    });
  });

  test('of exported files has the plan of a template', async () => {
    const { exitCode, stdout } = await backtest(
      '--metrics',
      'metrics.json',
      '--activities',
      'activities.json',
      '--template',
      'shop.json',
      '--json',
    );
    expect(exitCode).toBe(0);
    const { runs } = JSON.parse(stdout);
    expect(runs[0].outcome.activities).toHaveLength(6);
    expect(runs[0].plan.policy.targetTracking[0].targetValue).toBe(60);
  });
});

test('a rehearsal that is compared with another rehearsal has a column of its own', async () => {
  const { stdout: json } = await backtest('--recording', 'recording', '--json');
  const { plan, outcome } = JSON.parse(json).runs[0];
  for (const name of ['first.json', 'second.json'])
    writeFileSync(join(folder, name), JSON.stringify({ plan, rehearsal: { ...outcome, kind: 'rehearsal' } }));
  const { stdout } = await backtest('--recording', 'first.json', '--rehearsal', 'second.json', '--json');
  expect((JSON.parse(stdout).runs as { name: string }[]).map(({ name }) => name)).toEqual(['rehearsal', 'forecast', 'other rehearsal']);
});

test('a rehearsal as CSV has the plan of the recording', async () => {
  await backtest('--recording', 'recording', '--csv', 'rehearsal.csv');
  const { exitCode, stdout, stderr } = await backtest('--recording', 'recording', '--rehearsal', 'rehearsal.csv', '--json');
  expect([stderr.includes('must'), exitCode]).toEqual([false, 0]);
  const { runs } = JSON.parse(stdout) as { runs: { name: string; plan: unknown }[] };
  expect(runs.map(({ name }) => name)).toEqual(['observed', 'forecast', 'rehearsal']);
  expect(runs[2]!.plan).toEqual(runs[0]!.plan);
});

describe('a wrong input ends with one sentence and exit code 2', () => {
  const broken = (name: string, change: (path: string) => void): string => {
    const path = join(folder, name);
    writeRecording(path);
    change(path);
    return path;
  };
  test.each<[string, () => string[], string]>([
    ['no past', () => [], 'a past must be given'],
    ['two pasts', () => ['--recording', 'recording', '--metrics', 'metrics.json'], 'one past must be given, got --recording and --metrics'],
    ['activities alone', () => ['--recording', 'recording', '--activities', 'activities.json'], '--activities must go with --metrics'],
    [
      'a time without a service',
      () => ['--recording', 'recording', '--from', '7d'],
      '--from, --to and --directory must go with --service CLUSTER/NAME',
    ],
    [
      'a template of a recording',
      () => ['--recording', 'recording', '--template', 'x.json'],
      '--template must not go with --recording, which has',
    ],
    ['a speed of a recording', () => ['--recording', 'recording', '--speed', '12'], '--speed must not go with --recording'],
    ['a region of a recording', () => ['--recording', 'recording', '--region', 'eu-west-1'], '--region must not go with --recording'],
    [
      'a folder without a recording',
      () => ['--recording', '.'],
      "--recording must be a folder that record has written, got '.' without recording.json",
    ],
    ['no file', () => ['--recording', 'none.json'], "--recording must be a file that can be read, got 'none.json' (ENOENT)"],
    [
      'a file that is nested too deep',
      () => ['--recording', 'deep.json'],
      "--recording must be nested at most 200 deep, got more in 'deep.json'",
    ],
    [
      'a rehearsal that breaks off',
      () => ['--recording', 'short.json'],
      "--recording must be complete JSON, got 'short.json', which breaks off or is damaged: write it again with rehearse --json",
    ],
    [
      'a rehearsal to compare that breaks off',
      () => ['--recording', 'recording', '--rehearsal', 'short.json'],
      "--rehearsal must be complete JSON, got 'short.json'",
    ],
    [
      'metrics that break off',
      () => ['--metrics', 'short.json', '--template', 'shop.json'],
      "--metrics must be complete JSON, got 'short.json', which breaks off or is damaged: write it again with aws cloudwatch",
    ],
    ['another file', () => ['--recording', 'metrics.json'], 'give metrics of CloudWatch with --metrics'],
    [
      'a folder without resources',
      () => ['--recording', broken('half', (path) => rmSync(join(path, 'resources.json')))],
      '--recording must have the file resources.json: run record again',
    ],
    [
      'a folder without a day',
      () => ['--recording', broken('dayless', (path) => rmSync(join(path, 'metrics'), { recursive: true }))],
      '--recording must have the file metrics/2026-11-30.csv: run record again',
    ],
    [
      'a damaged list of activities',
      () => ['--recording', broken('damaged', (path) => writeFileSync(join(path, 'activities.jsonl'), '{"ActivityId": "a"'))],
      'activities.jsonl line 1 must be JSON of a scaling activity: the file is damaged',
    ],
    [
      'resources that break off',
      () => ['--recording', broken('short', (path) => writeFileSync(join(path, 'resources.json'), '{"service": {'))],
      'resources.json, which breaks off or is damaged: run record again',
    ],
    [
      'another version',
      () => ['--recording', broken('newer', (path) => writeFileSync(join(path, 'recording.json'), '{"format": 2}'))],
      'recording.json must have format 1: record the time again with this version',
    ],
    [
      'a service without a target group',
      () => [
        '--recording',
        broken('workers', (path) =>
          writeFileSync(
            join(path, 'resources.json'),
            JSON.stringify({ ...RESOURCES, service: { ...RESOURCES.service, loadBalancers: [] } }),
          ),
        ),
      ],
      'the recorded service shop/web has no target group: only services behind a load balancer can be forecast',
    ],
    [
      'a service that does not scale',
      () => [
        '--recording',
        broken('fixed', (path) => writeFileSync(join(path, 'resources.json'), JSON.stringify({ ...RESOURCES, scalableTargets: [] }))),
      ],
      'the recorded service shop/web does not scale: it has no scalable target',
    ],
    [
      'metrics of the same time twice',
      () => ['--metrics', 'metrics.json', '--metrics', 'metrics.json', '--template', 'shop.json'],
      '--metrics must have one CPUUtilization Average for each time, got two at 2026-11-30T00:00Z',
    ],
    ['metrics without a template', () => ['--metrics', 'metrics.json', '--template', 'none.json'], 'none.json'],
    ['a setting that does not exist', () => ['--recording', 'recording', '--set', 'targetCpu=3'], "'targetCpu' cannot be set"],
  ])('%s', async (_, words, message) => {
    const { exitCode, stderr } = await backtest(...words());
    expect(stderr).toContain(message);
    expect(
      stderr
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('  …')),
    ).toHaveLength(1);
    expect(exitCode).toBe(2);
  });
});
