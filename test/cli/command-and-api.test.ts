import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Size } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseArguments } from '../../cli/arguments';
import type { ForecastArguments } from '../../cli/commands/forecast-command';
import { forecastRun } from '../../cli/commands/forecast-run';
import { scenarioOf } from '../../cli/options/scenario-options';
import { workloadOption } from '../../cli/options/workload-option-group';
import { Console } from '../../cli/output/console';
import { AwsBehavior, Fault, type ForecastOptions, LatencyModel, Plan, type PlanChanges, Traffic, Workload } from '../../src';
import { FAULT_EXAMPLES, parseFault } from '../../src/faults/fault-grammar';
import { TUNABLE_NAMES, TUNABLE_PROPS } from '../../src/plan/changed-plan';
import { readPlan } from '../../src/plan/template/read-plan';
import { Template } from '../../src/plan/template/template';
import { runAsJson } from '../../src/report/export-formats';
import { TRAFFIC_FORMATS, trafficFormatOf } from '../../src/traffic/traffic-formats';
import { WORKLOAD_FIELD_NAMES } from '../../src/workload/workload-fields';
import { runCommand } from './run-command';
import { shopTemplate } from './shop-template';

interface Question {
  readonly words: readonly string[];
  readonly options: ForecastOptions;
  readonly changes?: PlanChanges;
}

const TRAFFIC = Traffic.requestsPerSecond(60, Duration.minutes(25));
const WORDS = ['--traffic', 'rps 60 for 25m'];
const CPU = ['--cpu-per-request', '2ms'];
const cpuPerRequest = Duration.millis(2);

const K6 = '{"stages": [{"duration": "5m", "target": 20}]}';
const LOCUST = '{"users": 30, "spawn_rate": 1, "run_time": "8m"}';
const CSV = 't,rps\n0,40\n300,90\n600,10\n';
const METRIC = '{"Datapoints": [{"Timestamp": "2026-11-28T10:00:00Z", "Sum": 6000}, {"Timestamp": "2026-11-28T10:05:00Z", "Sum": 18000}]}';
const ITERATION = { sleep: Duration.millis(900), requests: 3 };
const ITERATION_WORDS = ['--think', '900ms', '--requests-per-iteration', '3'];

const minutes = Duration.minutes;
const at = minutes(10);
const duration = minutes(2);

const SCENARIO = {
  traffic: 'rps 60 for 25m',
  workload: { cpuSecondsPerRequest: 0.002, startUpSeconds: 20 },
  faults: ['kill 1 at 10m'],
  behavior: { scaleInStep: 'proportional', metricDelaySeconds: { max: 120 } },
  policyChanges: [{ atSeconds: 600, targetValue: 40 }],
  predictedMinimums: [{ atSeconds: 900, minCapacity: 4 }],
  startsAt: { year: 2026, month: 11, day: 27, hour: 8, minute: 30 },
  imageMegabytes: 400,
  seed: 9,
  set: ['minCapacity=3'],
};

const QUESTIONS: Readonly<Record<string, Question>> = {
  'no workload': { words: WORDS, options: { traffic: TRAFFIC } },
  'CPU per request only': { words: [...WORDS, ...CPU], options: { traffic: TRAFFIC, workload: Workload.of({ cpuPerRequest }) } },
  'CPU of a decimal fraction': {
    words: [...WORDS, '--cpu-per-request', '0.9ms'],
    options: { traffic: TRAFFIC, workload: Workload.of({ cpuPerRequest: Duration.millis(0.9) }) },
  },
  'all workload options': {
    words: [
      ...[
        ...WORDS,
        ...CPU,
        '--cpu-per-wake-up',
        '0.1ms',
        '--idle-vcpu',
        '0.02',
        '--base-latency',
        '7ms',
        '--start-up-time',
        '12.5s',
        '--stop-time',
        '3s',
      ],
      ...['--idle-memory', '128MiB', '--memory-per-concurrent-request', '512KiB', '--response-size', '20KiB'],
      ...['--new-connections-per-request', '1', '--latency-model', 'quota-windows'],
    ],
    options: {
      traffic: TRAFFIC,
      workload: Workload.of({
        cpuPerRequest,
        cpuPerWakeUp: Duration.millis(0.1),
        idleVcpu: 0.02,
        baseLatency: Duration.millis(7),
        startUpTime: Duration.millis(12_500),
        stopTime: Duration.seconds(3),
        idleMemory: Size.mebibytes(128),
        memoryPerConcurrentRequest: Size.kibibytes(512),
        responseSize: Size.kibibytes(20),
        newConnectionsPerRequest: 1,
        latencyModel: LatencyModel.QUOTA_WINDOWS,
      }),
    },
  },
  'users who think, and a client limit': {
    words: ['--traffic', 'users 5 think 1s for 3m, users 5..80 think 1s for 5m, at most 50 rps', ...CPU],
    options: {
      traffic: Traffic.users(5, minutes(3))
        .followedBy(Traffic.rampUsers(80, minutes(5)))
        .withThinkTime(Duration.seconds(1))
        .atMost(50),
      workload: Workload.of({ cpuPerRequest }),
    },
  },
  'k6 options': {
    words: ['--traffic', 'k6.json', ...ITERATION_WORDS],
    options: { traffic: Traffic.fromK6(K6, ITERATION) },
  },
  'a Locust test': {
    words: ['--traffic', 'locust.json', '--think', '300ms'],
    options: { traffic: Traffic.fromLocust(LOCUST, Duration.millis(300)) },
  },
  'a metric': { words: ['--traffic', 'metric.json'], options: { traffic: Traffic.parse(METRIC) } },
  'a trace': { words: ['--traffic', 'trace.csv'], options: { traffic: Traffic.fromCsv(CSV) } },
  'every fault': {
    words: [...WORDS, ...CPU, ...FAULT_EXAMPLES.flatMap((example) => ['--fault', example.replace('for 30m', 'for 2m')])],
    options: {
      traffic: TRAFFIC,
      workload: Workload.of({ cpuPerRequest }),
      faults: [
        Fault.stopTask({ at }),
        Fault.killTask({ at, count: 2 }),
        Fault.interruptSpot({ at }),
        Fault.pauseTask({ at, duration }),
        Fault.slowTask(50, { at, duration }),
        Fault.exhaustMemory({ at }),
        Fault.failHealthCheck({ at, duration }),
        Fault.crashAtStart({ at, duration }),
        Fault.loseZone({ at, duration }),
        Fault.deploy(at),
        Fault.badDeployment(at),
        Fault.continueDeployment(Duration.minutes(12)),
        Fault.rollbackDeployment(Duration.minutes(12)),
        Fault.slowDependency(Duration.millis(200), { at, duration }),
      ],
    },
  },
  'every prop that can be changed': {
    words: [
      ...[...WORDS, ...CPU, '--set', 'cpu=512', '--set', 'memoryLimitMiB=1024', '--set', 'minCapacity=3', '--set', 'maxCapacity=9'],
      ...['--set', 'targetCpuUtilizationPercent=45', '--set', 'requestsPerSecondPerTask=1.1', '--set', 'scaleOutCooldown=90s'],
      ...['--set', 'scaleInCooldown=2m', '--set', 'maxAzs=3', '--set', 'natGateways=2', '--set', 'interfaceEndpoints=6'],
      ...['--set', 'arm=true', '--set', 'spotPercent=30', '--set', 'onDemandBase=1'],
    ],
    options: { traffic: TRAFFIC, workload: Workload.of({ cpuPerRequest }) },
    changes: {
      cpu: 512,
      memoryLimitMiB: 1024,
      minCapacity: 3,
      maxCapacity: 9,
      targetCpuUtilizationPercent: 45,
      requestsPerSecondPerTask: 1.1,
      scaleOutCooldown: Duration.seconds(90),
      scaleInCooldown: minutes(2),
      maxAzs: 3,
      natGateways: 2,
      interfaceEndpoints: 6,
      arm: true,
      spotPercent: 30,
      onDemandBase: 1,
    },
  },
  'settings of AWS': {
    words: [...WORDS, ...CPU, '--set', 'behavior.scaleInStep=proportional', '--set', 'behavior.initialHealthChecks=2'],
    options: {
      traffic: TRAFFIC,
      workload: Workload.of({ cpuPerRequest }),
      behavior: AwsBehavior.fromJson('{"scaleInStep": "proportional", "initialHealthChecks": 2}'),
    },
  },
  'a seed and a number of seeds': { words: [...WORDS, '--seed', '17', '--seeds', '5'], options: { traffic: TRAFFIC, seed: 17, seeds: 5 } },
  'a scenario file': {
    words: ['--scenario', 'scenario.json', '--base-latency', '5ms'],
    options: {
      traffic: TRAFFIC,
      workload: Workload.of({ cpuPerRequest, startUpTime: Duration.seconds(20), baseLatency: Duration.millis(5) }),
      faults: [Fault.killTask({ at })],
      behavior: AwsBehavior.fromJson(JSON.stringify(SCENARIO.behavior)),
      policyChanges: [{ at, targetValue: 40 }],
      predictedMinimums: [{ at: minutes(15), minCapacity: 4 }],
      startsAt: '2026-11-27T08:30',
      imageSize: Size.mebibytes(400_000_000 / 2 ** 20),
      seed: 9,
    },
    changes: { minCapacity: 3 },
  },
};

const SEEDS = 2;
const NEVER = new Promise<never>(() => {});
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-and-api-'));
  const files = {
    'shop.json': shopTemplate(),
    'k6.json': K6,
    'locust.json': LOCUST,
    'metric.json': METRIC,
    'trace.csv': CSV,
    'scenario.json': JSON.stringify(SCENARIO),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The result of the command as JSON, without a process: its own parsing, scenario and forecast. */
async function resultOfCommand(words: readonly string[]): Promise<unknown> {
  const inFolder = words.map((word) => (/\.(json|csv)$/.test(word) ? join(folder, word) : word));
  const { scenarioInput, seeds = SEEDS } = parseArguments(['forecast', ...inFolder], '0.0.0') as ForecastArguments;
  const { plan, ignored } = readPlan(Template.parse(shopTemplate(), 'shop.json'));
  const stage = { console: new Console(true), interrupted: NEVER };
  const { outcomes: _, ...run } = await forecastRun('forecast', scenarioOf(plan, scenarioInput), seeds, stage);
  return JSON.parse(JSON.stringify(runAsJson({ ...run, ignored })));
}

function resultOfApi({ options, changes = {} }: Question): Record<string, unknown> {
  return JSON.parse(
    Plan.ofTemplate(JSON.parse(shopTemplate()))
      .withChanges(changes)
      .forecast({ seeds: SEEDS, ...options })
      .toJson(),
  );
}

describe('the command and the API have the same result to the digit', () => {
  test.each(Object.entries(QUESTIONS))('%s', async (_, scenarioInput) => {
    expect(await resultOfCommand(scenarioInput.words)).toMatchObject(resultOfApi(scenarioInput));
  });

  test('in a process too', async () => {
    const scenarioInput = QUESTIONS['all workload options']!;
    const { stdout, stderr } = await runCommand(
      ['forecast', '--template', 'shop.json', '--seeds', String(SEEDS), '--json', ...scenarioInput.words],
      folder,
    );
    expect(stdout === '' ? stderr : JSON.parse(stdout)).toMatchObject(resultOfApi(scenarioInput));
  });
});

describe('these questions have', () => {
  const words = Object.values(QUESTIONS).flatMap((scenarioInput) => scenarioInput.words);

  test('every option of a workload', () => {
    expect(words).toEqual(expect.arrayContaining(WORKLOAD_FIELD_NAMES.map(workloadOption)));
  });

  test('every prop that can be changed', () => {
    const props = words.map((word) => word.split('=')[0]);
    expect(props).toEqual(expect.arrayContaining(TUNABLE_NAMES.map((name) => TUNABLE_PROPS[name].prop)));
  });

  test('every kind of fault and every format of traffic', () => {
    const kinds = QUESTIONS['every fault']!.options.faults!.map((fault) => fault._fault().kind);
    expect(kinds).toEqual(FAULT_EXAMPLES.map((example) => parseFault(example).kind));
    expect([K6, LOCUST, METRIC, CSV].map(trafficFormatOf)).toEqual(TRAFFIC_FORMATS);
  });
});

test('the output lists what was not given', async () => {
  const scenarioInput = QUESTIONS['CPU per request only']!;
  const text = Plan.ofTemplate(JSON.parse(shopTemplate()))
    .forecast({ seeds: 1, ...scenarioInput.options })
    .toText();
  const zero = 'not given, taken as zero: CPU per wake-up, idle vCPU, base latency, memory per concurrent request';
  expect(text).toContain(zero);
  expect(text).toContain('not given, default: start-up time 1 s, stop time 5 s, idle memory 46 MiB');
  const { stdout } = await runCommand(['forecast', '--template', 'shop.json', '--seeds', '1', ...scenarioInput.words], folder);
  expect(stdout).toContain(zero);
});

test('CPU per request has no default beside other options', async () => {
  const words = [...WORDS, '--base-latency', '5ms'];
  expect(() => parseArguments(['forecast', ...words], '0.0.0')).toThrow(
    'CPU per request must be given with the rest of a workload, got only base latency: add --cpu-per-request',
  );
});
