import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readTraffic } from '../../../cli/input/read-traffic';
import type { KnownIteration } from '../../../src/traffic/iteration';
import { formatTraffic, type Traffic } from '../../../src/traffic/traffic-phases';

const FOLDER = mkdtempSync(join(tmpdir(), 'traffic-files-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function fileWith(name: string, content: string): string {
  const path = join(FOLDER, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

function read(name: string, content: string, iteration: KnownIteration = {}): Traffic {
  return readTraffic(fileWith(name, content), iteration).traffic;
}

const IMPORTS = "import http from 'k6/http';\nimport { check, group, sleep } from 'k6';\n";
const ONE_REQUEST = "export default function () {\n  http.get('http://shop');\n}\n";

describe('a k6 script has the load', () => {
  test.each([
    ['of literals', `export const options = { vus: 10, duration: '5m' };\n${ONE_REQUEST}`, 'users 10 for 5m'],
    [
      'of constants and spread objects',
      `const base = { duration: '1m' };\nconst N = 4;\nexport let options = { ...base, vus: N * 5 };\n${ONE_REQUEST}`,
      'users 20 for 1m',
    ],
    [
      'of a variable of the environment that is not set',
      `export const options = { vus: __ENV.VUS || 3, duration: '1m' };\n${ONE_REQUEST}`,
      'users 3 for 1m',
    ],
    [
      'of a function that only returns',
      `const stage = (target) => ({ duration: '1m', target });\nexport const options = { stages: [stage(10), stage(0)] };\n${ONE_REQUEST}`,
      'users 1..10 one by one for 1m, users 10..0 one by one for 1m',
    ],
    ['of CommonJS', `module.exports.options = { vus: 2, duration: '30s' };\n`, 'users 2 for 30s'],
    [
      'that is exported under its name',
      `const settings = { vus: 2, duration: '30s' };\nexport { settings as options };\n${ONE_REQUEST}`,
      'users 2 for 30s',
    ],
  ])('%s', (_, text, words) => {
    expect(formatTraffic(read('script.js', IMPORTS + text))).toBe(words);
  });

  test('of TypeScript, and of a module beside it', () => {
    fileWith(
      'load/options.ts',
      "import type { Options } from 'k6/options';\nexport const smoke: Options = { vus: 5, duration: '1m' } satisfies Options;\n",
    );
    const text = `${IMPORTS}import { smoke } from './options';\nexport const options = smoke as Options;\n${ONE_REQUEST}`;
    expect(formatTraffic(read('load/script.ts', text))).toBe('users 5 for 1m');
  });

  test('of a file of JSON that it opens', () => {
    fileWith('options.json', '{ "vus": 7, "duration": "1m" }');
    expect(formatTraffic(read('opens.js', `${IMPORTS}export const options = JSON.parse(open('./options.json'));\n${ONE_REQUEST}`))).toBe(
      'users 7 for 1m',
    );
  });

  test('only if nothing changes it later', () => {
    const text = `${IMPORTS}export const options = { vus: 1, duration: '1m' };\noptions.vus = Math.random() * 100;\n${ONE_REQUEST}`;
    expect(() => read('changed.js', text)).toThrowError(/^changed\.js: the options of this k6 script are computed/);
  });
});

describe('an iteration of a k6 script', () => {
  const load = (body: string): Traffic =>
    read('iteration.js', `${IMPORTS}export const options = { vus: 6, duration: '1m' };\nexport default function () {\n${body}\n}\n`);

  test.each([
    ['sleeps and sends one request', "http.get('a'); sleep(2);", 'users 6 think 2s for 1m'],
    [
      'sends several requests, in groups and loops',
      "group('g', () => { http.get('a'); });\nfor (let i = 0; i < 2; i++) http.post('b');\nsleep(3);",
      'users 6 think 1s for 1m',
    ],
    ['sends a batch', "http.batch([['GET', 'a'], ['GET', 'b']]); sleep(1);", 'users 6 think 500ms for 1m'],
    ['sleeps for a random time', "http.get('a'); sleep(1 + Math.random() * 2);", 'users 6 think 2s for 1m'],
    ['sleeps between two times', "http.get('a'); sleep(randomIntBetween(1, 5));", 'users 6 think 3s for 1m'],
  ])('%s', (_, body, words) => {
    expect(formatTraffic(load(body))).toBe(words);
  });

  test('that sleeps on a condition leaves its think time open, and a remark says so', () => {
    const traffic = load("const r = http.get('a'); if (r.status !== 200) sleep(9);");
    expect(formatTraffic(traffic)).toBe('users 6 for 1m');
    expect(traffic.remarks).toEqual([expect.stringMatching(/^the k6 script has no sleep that is known/)]);
  });

  test('is overridden by what is given', () => {
    const text = `${IMPORTS}export const options = { vus: 6, duration: '1m' };\nexport default () => { http.get('a'); sleep(1); };\n`;
    const traffic = read('given.js', text, { thinkSeconds: 4, requestsPerIteration: 2 });
    expect(formatTraffic(traffic)).toBe('users 6 think 2s for 1m');
  });
});

const SHAPE = `from locust import HttpUser, LoadTestShape, between, task
class Shopper(HttpUser):
    wait_time = between(1, 3)
    @task
    def search(self):
        self.client.get("/")
class Stages(LoadTestShape):
    stages = [{"duration": 60, "users": 10, "spawn_rate": 10}, {"duration": 120, "users": 30, "spawn_rate": 10}]
    def tick(self):
        run_time = self.get_run_time()
        for stage in self.stages:
            if run_time < stage["duration"]:
                return (stage["users"], stage["spawn_rate"])
        return None
`;

describe('Locust', () => {
  test('a locustfile has the stages of its shape, and the wait of its users', () => {
    expect(formatTraffic(read('shape.py', SHAPE))).toBe('users 10 think 2s for 1m, users 20 think 2s for 1s, users 30 think 2s for 59s');
  });

  test.each([
    ['constant(2)', 'users 5 think 2s for 1m'],
    ['between(0.5, 1.5)', 'users 5 think 1s for 1m'],
    ['constant_pacing(2)', 'users 5 pacing 2s for 1m'],
    ['constant_throughput(4)', 'users 5 pacing 250ms for 1m'],
  ])('a wait_time of %s', (wait, words) => {
    fileWith(
      'user.py',
      `from locust import *\nclass U(HttpUser):\n    wait_time = ${wait}\n    @task\n    def t(self):\n        self.client.get("/")\n`,
    );
    expect(formatTraffic(readTraffic('locust -f user.py -u 5 -r 5 -t 1m', {}, FOLDER).traffic)).toBe(words);
  });

  test('a configuration has its users, and the locustfile that it names', () => {
    fileWith(
      'conf/plain.py',
      'from locust import HttpUser, task\nclass U(HttpUser):\n    @task\n    def t(self):\n        self.client.get("/")\n',
    );
    expect(formatTraffic(read('conf/locust.conf', 'locustfile = plain.py\nusers = 4\nspawn-rate = 2\nrun-time = 90\n'))).toBe(
      'users 2 for 1s, users 4 for 89s',
    );
  });

  test('a locustfile without users says what to give', () => {
    expect(() => read('none.py', 'from locust import HttpUser\nclass U(HttpUser):\n    pass\n')).toThrowError(
      /^none\.py: a locustfile without a load shape gets its users from the command line: give --traffic 'locust -f none\.py/,
    );
  });
});

describe('other tools', () => {
  const flow = '\nscenarios:\n  - flow:\n      - get: { url: / }\n      - post: { url: / }\n';
  test.each([
    [
      'phases of artillery',
      'a.yml',
      `config:\n  phases:\n    - duration: 60\n      arrivalRate: 5\n      rampTo: 20\n    - pause: 10\n    - duration: 1m\n      arrivalCount: 30${flow}`,
      'rps 10..40 for 1m, rps 0 for 10s, rps 1 for 1m',
    ],
    [
      'an execution of Taurus',
      't.yml',
      'execution:\n- concurrency: 10\n  ramp-up: 5s\n  hold-for: 1m\n  executor: locust\n',
      'users 2..12 every 1s for 5s, users 10 for 1m',
    ],
    [
      'an execution of Taurus with steps and a delay',
      'steps.yml',
      'execution:\n- concurrency: 100\n  ramp-up: 10m\n  steps: 2\n  hold-for: 1m\n  delay: 1m\n',
      'users 0 for 1m, users 50 for 5m, users 100 for 5m, users 100 for 1m',
    ],
    [
      'an execution of Taurus with more steps than can be summed',
      'many.yml',
      'execution:\n- concurrency: 2000\n  ramp-up: 2000s\n  hold-for: 1m\n  delay: 1m\n',
      'users 0 for 1m, users 1..2000 for 2000s, users 2000 for 1m',
    ],
    [
      'a profile of Gatling in Scala',
      'G.scala',
      'class G extends Simulation {\n  val n = 12\n  setUp(scn.inject(nothingFor(4), rampUsers(n) during 3, constantUsersPerSec(4) during (10 seconds)))\n}',
      'rps 0 for 4s, rps 4 for 3s, rps 4 for 10s',
    ],
    [
      'a profile of Gatling in Java',
      'G.java',
      'public class G extends Simulation {{ setUp(scn.injectClosed(constantConcurrentUsers(10).during(Duration.ofMinutes(2)))); }}',
      'users 10 for 2m',
    ],
    ['a thread group of JMeter', 'p.jmx', jmeterPlan(), 'users 1..8 every 500ms for 3500ms, users 8 for 56500ms'],
    [
      'a command of vegeta in a script',
      'v.sh',
      'echo "GET http://shop" | vegeta attack -rate=120/1m -duration=5m | vegeta report\n',
      'rps 2 for 5m',
    ],
  ])('%s', (_, name, text, words) => {
    expect(formatTraffic(read(name, text))).toBe(words);
  });

  test.each([
    ['k6 run --vus 10 --duration 5m', 'users 10 for 5m'],
    ['k6 run --stage 1m:10,30s:0', 'users 1..10 one by one for 1m, users 10..0 one by one for 30s'],
    ['locust -u 50 -r 5 -t 3m', 'users 5..50 every 1s for 9s, users 50 for 171s'],
    ['vegeta attack -rate=100 -duration=1m', 'rps 100 for 1m'],
    ['hey -z 10s -c 5 -q 4 http://shop', 'users 5 pacing 250ms for 10s'],
  ])('%s', (command, words) => {
    expect(formatTraffic(readTraffic(command, {}, FOLDER).traffic)).toBe(words);
  });
});

function jmeterPlan(): string {
  const properties = [
    `<stringProp name="ThreadGroup.num_threads">${'$'}{__P(threads,8)}</stringProp>`,
    '<stringProp name="ThreadGroup.ramp_time">4</stringProp>',
    '<boolProp name="ThreadGroup.scheduler">true</boolProp>',
    '<stringProp name="ThreadGroup.duration">60</stringProp>',
    '<elementProp name="ThreadGroup.main_controller" elementType="LoopController"><intProp name="LoopController.loops">-1</intProp></elementProp>',
  ].join('');
  const sampler = '<HTTPSamplerProxy enabled="true"></HTTPSamplerProxy><hashTree/>';
  return `<jmeterTestPlan><hashTree><TestPlan/><hashTree><ThreadGroup enabled="true">${properties}</ThreadGroup><hashTree>${sampler}</hashTree></hashTree></hashTree></jmeterTestPlan>`;
}
