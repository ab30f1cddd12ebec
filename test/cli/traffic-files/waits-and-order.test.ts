import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readTraffic } from '../../../cli/input/read-traffic';
import { formatTraffic, type Traffic } from '../../../src/traffic/traffic-phases';

const FOLDER = mkdtempSync(join(tmpdir(), 'waits-and-order-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function fileWith(name: string, content: string): string {
  const path = join(FOLDER, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

function read(name: string, content: string): Traffic {
  return readTraffic(fileWith(name, content), {}).traffic;
}

const property = (name: string, value: string): string => `<stringProp name="${name}">${value}</stringProp>`;
const timer = (millis: string): string =>
  `<ConstantTimer enabled="true">${property('ConstantTimer.delay', millis)}</ConstantTimer><hashTree/>`;
const SAMPLER = '<HTTPSamplerProxy enabled="true"></HTTPSamplerProxy><hashTree/>';
const pause = (millis: string, inside = ''): string =>
  `<TestAction enabled="true"><intProp name="ActionProcessor.action">1</intProp>${property('ActionProcessor.duration', millis)}</TestAction><hashTree>${inside}</hashTree>`;
const inside = (element: string, content: string): string => `<${element} enabled="true"></${element}><hashTree>${content}</hashTree>`;

function group(content: string, threads = 8): string {
  const properties = [
    property('ThreadGroup.num_threads', String(threads)),
    property('ThreadGroup.ramp_time', '0'),
    '<boolProp name="ThreadGroup.scheduler">true</boolProp>',
    property('ThreadGroup.duration', '60'),
    '<elementProp name="ThreadGroup.main_controller" elementType="LoopController"><intProp name="LoopController.loops">-1</intProp></elementProp>',
  ];
  return `<ThreadGroup enabled="true">${properties.join('')}</ThreadGroup><hashTree>${content}</hashTree>`;
}

function plan(content: string, properties = ''): string {
  return `<jmeterTestPlan><hashTree><TestPlan enabled="true">${properties}</TestPlan><hashTree>${content}</hashTree></hashTree></jmeterTestPlan>`;
}

describe('a thread of JMeter waits for timers', () => {
  const loop = `<LoopController enabled="true">${property('LoopController.loops', '3')}</LoopController><hashTree>${timer('2000')}${SAMPLER}</hashTree>`;
  test.each([
    ['of its thread group', group(timer('2000') + SAMPLER), 'users 8 think 2s for 1m'],
    [
      'of a transaction, before each of its samplers',
      group(inside('TransactionController', timer('3000') + SAMPLER + SAMPLER)),
      'users 8 think 3s for 1m',
    ],
    ['of a loop, in each of its rounds', group(loop), 'users 8 think 2s for 1m'],
    ['of controllers in each other', group(inside('GenericController', timer('1000') + loop)), 'users 8 think 3s for 1m'],
    ['of the test plan', timer('5000') + group(SAMPLER), 'users 8 think 5s for 1m'],
    ['of a pause, and for the pause', group(SAMPLER + pause('1500', timer('500'))), 'users 8 think 2s for 1m'],
    ['around a pause too', group(timer('1000') + SAMPLER + pause('1500')), 'users 8 think 3500ms for 1m'],
  ])('%s', (_, content, words) => {
    expect(formatTraffic(read('plan.jmx', plan(content)))).toBe(words);
  });

  test.each([
    ['a timer in a transaction that is not known', group(inside('TransactionController', timer(`${'$'}{__Random(1,5)}`) + SAMPLER))],
    ['a pause under a condition', group(SAMPLER + inside('IfController', pause('9000')))],
  ])('%s leaves its think time open, and a remark says so', (_, content) => {
    const traffic = read('open.jmx', plan(content));
    expect(formatTraffic(traffic)).toBe('users 8 for 1m');
    expect(traffic.remarks).toContainEqual(expect.stringMatching(/^the JMeter thread group has no timer that is known/));
  });
});

test('a test plan of JMeter nested deeper than any is refused before it is parsed', () => {
  expect(() => read('deep.jmx', `<jmeterTestPlan>${'<a>'.repeat(300)}`)).toThrowError(/must be nested at most 200 elements deep/);
});

describe('loads run one after the other', () => {
  const taurus = 'execution:\n- concurrency: 10\n  hold-for: 1m\n- concurrency: 4\n  hold-for: 2m\n';
  test.each([
    [
      'in a test plan of JMeter that serializes its thread groups',
      'serialized.jmx',
      plan(group(SAMPLER, 8) + group(SAMPLER, 3), '<boolProp name="TestPlan.serialize_threadgroups">true</boolProp>'),
      'users 8 for 1m, users 3 for 1m',
    ],
    ['unless it does not', 'parallel.jmx', plan(group(SAMPLER, 8) + group(SAMPLER, 3)), 'users 11 for 1m'],
    [
      'in sequential executions of Taurus',
      'sequential.yml',
      `${taurus}modules:\n  local:\n    sequential: true\n`,
      'users 10 for 1m, users 4 for 2m',
    ],
    [
      'in sequential executions of Taurus of which one has a throughput',
      'throughputs.yml',
      'execution:\n- concurrency: 10\n  hold-for: 1m\n  throughput: 5\n- concurrency: 4\n  hold-for: 2m\nmodules:\n  local:\n    sequential: true\n',
      'users 10 pacing 2s for 1m, users 4 for 2m',
    ],
    [
      'in executions of Taurus whose throughput of 0 is no limit',
      'unlimited.yml',
      'execution:\n- concurrency: 10\n  hold-for: 1m\n  throughput: 0\n- concurrency: 4\n  hold-for: 1m\n  throughput: 2\nmodules:\n  local:\n    sequential: true\n',
      'users 10 for 1m, users 4 pacing 2s for 1m',
    ],
    [
      'in one execution of Taurus whose throughput of 0 is no limit',
      'one.yml',
      'execution:\n- concurrency: 10\n  hold-for: 1m\n  throughput: 0\n',
      'users 10 for 1m',
    ],
    ['in executions of Taurus that are not, together', 'together.yml', taurus, 'users 14 for 1m, users 4 for 1m'],
    [
      'in andThen of Gatling',
      'Then.scala',
      'class Then extends Simulation {\n  setUp(a.inject(constantUsersPerSec(10) during 60).protocols(h).andThen(b.inject(constantUsersPerSec(2) during 30).andThen(c.inject(constantUsersPerSec(3) during 60)), d.inject(constantUsersPerSec(4) during 30)).andThen(e.inject(constantUsersPerSec(1) during 10)))\n}',
      'rps 10 for 1m, rps 6 for 30s, rps 3 for 1m, rps 1 for 10s',
    ],
  ])('%s', (_, name, text, words) => {
    expect(formatTraffic(read(name, text))).toBe(words);
  });

  const first = 'a.inject(constantUsersPerSec(10) during 60)';
  const second = 'b.inject(constantUsersPerSec(2) during 30)';
  test.each([
    ['a profile outside of setUp', `val later = ${second}\n  setUp(${first}.andThen(later))`],
    ['a list of profiles', `setUp(List(${first}.andThen(${second}), ${second}))`],
  ])('andThen of Gatling with %s says what to write', (_, body) => {
    expect(() => read('Far.scala', `class Far extends Simulation {\n  ${body}\n}`)).toThrowError(
      /^Far\.scala: andThen of Gatling is read where each profile is in setUp: write/,
    );
  });
});

describe('a user of Locust waits as its task set says', () => {
  const set = (name: string, body: string): string =>
    `class ${name}(TaskSet):\n${body}    @task\n    def t(self):\n        self.client.get("/")\n`;
  const user = (body: string): string => `class U(HttpUser):\n${body}`;
  test.each([
    [
      'if only that has a wait',
      `${set('Browse', '    wait_time = constant(5)\n')}${user('    tasks = [Browse]\n')}`,
      'users 5 think 5s for 1m',
    ],
    [
      'instead of its own wait',
      `${set('Browse', '    wait_time = constant(5)\n')}${user('    wait_time = constant(1)\n    tasks = {Browse: 3}\n')}`,
      'users 5 think 5s for 1m',
    ],
    [
      'if it is inside of the user',
      user(
        '    @task\n    class Browse(SequentialTaskSet):\n        wait_time = between(1, 3)\n        @task\n        def t(self):\n            pass\n',
      ),
      'users 5 think 2s for 1m',
    ],
    [
      'unless that has none',
      `${set('Browse', '')}${user('    wait_time = constant(3)\n    tasks = [Browse]\n')}`,
      'users 5 think 3s for 1m',
    ],
    [
      'which is open if there are several',
      `${set('Browse', '    wait_time = constant(5)\n')}${set('Buy', '    wait_time = constant(1)\n')}${user('    tasks = [Browse, Buy]\n')}`,
      'users 5 for 1m',
    ],
  ])('%s', (_, text, words) => {
    fileWith('sets.py', `from locust import *\n${text}`);
    expect(formatTraffic(readTraffic('locust -f sets.py -u 5 -r 5 -t 1m', {}, FOLDER).traffic)).toBe(words);
  });
});

describe('a command of k6 with a script', () => {
  const script = (options: string): string =>
    `import http from 'k6/http';\nexport const options = ${options};\nexport default function () {\n  http.get('http://shop');\n}\n`;
  const options = "{ vus: 3, rps: 40, minIterationDuration: '2s', stages: [{ duration: '1m', target: 5 }] }";

  test.each([
    ['keeps rps and minIterationDuration', 'k6 run --vus 100 --duration 5m s.js', 'users 100 pacing 2s for 5m', 40],
    ['keeps vus beside a duration', 'k6 run -d 5m s.js', 'users 3 pacing 2s for 5m', 40],
    ['has its own limits', 'k6 run -u 9 -d 5m --rps 7 --min-iteration-duration 1s s.js', 'users 9 pacing 1s for 5m', 7],
    ['runs its segment', 'k6 run -u 8 -d 5m --execution-segment 0:1/4 s.js', 'users 2 pacing 2s for 5m', 40],
    ['changes a part of the options', 'k6 run --rps 9 s.js', 'users 3..5 one by one pacing 2s for 1m', 9],
  ])('%s', (_, command, words, limit) => {
    fileWith('s.js', script(options));
    const { traffic } = readTraffic(command, {}, FOLDER);
    expect([formatTraffic({ phases: traffic.phases }), traffic.clientLimitRequestsPerSecond]).toEqual([words, limit]);
  });

  test('whose options are computed has its own load, and a remark', () => {
    fileWith('computed.js', script('make(Date.now())'));
    const { traffic } = readTraffic('k6 run -u 4 -d 1m computed.js', {}, FOLDER);
    expect(formatTraffic(traffic)).toBe('users 4 for 1m');
    expect(traffic.remarks).toContainEqual(expect.stringMatching(/^the options of the k6 script are computed/));
  });

  test.each([
    ['a file of JSON that is not there', "import data from './missing.json';\nexport const options = data;\n"],
    ['a file of JSON that is not complete', "import data from './broken.json';\nexport const options = data;\n"],
    ['a spread variable of the environment', 'export const options = { stages: [...__ENV.S] };\n'],
  ])('%s is said to be computed', (_, text) => {
    fileWith('broken.json', '{ "vus": ');
    expect(() => read('unknown.js', `import http from 'k6/http';\n${text}export default () => http.get('/');\n`)).toThrowError(
      /^unknown\.js: the options of this k6 script are computed at line \d/,
    );
  });
});

test.each([
  ['k6 run --vus 10 --duration 5m', 3],
  ['locust -u 50 -r 5 -t 3m', 3],
  ['vegeta attack -rate=100 -duration=1m', 0],
  ['hey -z 10s -c 5 http://shop', 0],
])('numbers of an iteration go with a tool that has iterations: %s', (command, count) => {
  expect(readTraffic(command, {}, FOLDER).iterationFields).toHaveLength(count);
  expect(readTraffic(fileWith('load.sh', `#!/bin/sh\n${command}\n`), {}).iterationFields).toHaveLength(count);
});

test.each([
  ['500ms', /think 0\.5 s on average/],
  ['2 seconds', /think 2 s on average/],
])('a user of artillery thinks %s', (think, remark) => {
  const text = `config:\n  phases:\n    - duration: 60\n      arrivalRate: 5\nscenarios:\n  - flow:\n      - get: { url: / }\n      - think: ${think}\n`;
  expect(read('think.yml', text).remarks).toContainEqual(expect.stringMatching(remark));
});
