import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTrafficFile } from '../../../cli/traffic-files/read-traffic-file';
import { formatTraffic, type Traffic } from '../../../src/traffic/traffic-phases';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loads-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(name: string, text: string): Traffic {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readTrafficFile(path, { responseSeconds: 0.05 }).traffic;
}

describe('an artillery test', () => {
  const test_ = (config: string): string => `config:\n  target: http://shop\n${config}scenarios:\n  - flow:\n      - get: {url: /}\n`;

  test('has the phases of its only environment with some', () => {
    const { remarks, ...traffic } = read(
      'a.yml',
      test_('  environments:\n    load: {phases: [{duration: 60, arrivalRate: 5}]}\n    check: {plugins: {}}\n'),
    );
    expect(formatTraffic(traffic)).toBe('rps 5 for 1m');
    expect(remarks).toEqual(['the phases are those of the environment load of artillery']);
  });

  test.each([
    [
      'several',
      '  environments:\n    a: {phases: [{duration: 6, arrivalRate: 5}]}\n    b: {phases: [{duration: 6, arrivalRate: 5}]}\n',
      'has phases for a, b',
    ],
    ['none', '', 'has no phases, so it runs one user once'],
  ])('with %s asks for one', (_, config, message) => {
    expect(() => read('a.yml', test_(config))).toThrow(message);
  });
});

describe('a Gatling simulation in JavaScript', () => {
  const simulation = (profile: string): string => `
import { simulation, scenario, constantUsersPerSec, rampConcurrentUsers, getParameter } from "@gatling.io/core";
import { http } from "@gatling.io/http";
export default simulation((setUp) => {
  const rate: number = parseInt(getParameter("rate", "4"), 10);
  const scn = scenario("Shop").exec(http("Home").get("/"), pause(2), http("Search").get("/search"));
  setUp(scn.${profile}).protocols(http.baseUrl("http://shop"));
});`;

  test.each([
    ['injectOpen(constantUsersPerSec(rate).during({ amount: 2, unit: "minutes" }))', 'rps 8 for 2m'],
    ['injectOpen(constantUsersPerSec(2 + 1).during(60))', 'rps 6 for 1m'],
    ['injectClosed(rampConcurrentUsers(1).to(10).during(30))', 'users 1..10 one by one think 1s for 30s'],
  ])('%s is %s', (profile, text) => {
    for (const name of ['shop.gatling.ts', 'shop.gatling.js']) expect(formatTraffic(read(name, simulation(profile)))).toBe(text);
  });
});

describe('a Taurus configuration', () => {
  const execution = (settings: string): string =>
    `---\nreporting: []\n---\nexecution:\n- concurrency: 10\n  ${settings}\n  scenario: {think-time: 1s, requests: [http://shop/, http://shop/a]}\n`;

  test.each([
    ['iterations: 30', 'users 10 think 1s for 63s'],
    ['iterations: 30\n  hold-for: 40s', 'users 10 think 1s for 40s'],
    ['iterations: 0\n  hold-for: 40s', 'users 10 think 1s for 40s'],
    ['hold-for: 2m', 'users 10 think 1s for 2m'],
    ['steps: 1', 'users 10 think 1s for 2100ms'],
  ])('with %j is %s', (settings, text) => {
    expect(formatTraffic(read('load.yml', execution(settings)))).toBe(text);
  });

  test('whose load is in a script of another tool names it', () => {
    expect(() => read('load.yml', 'execution:\n- scenario: {script: shop.jmx}\n')).toThrow(
      'its load is that of its script: give that file instead',
    );
  });
});

test('a test of JUnit, which has a method setUp, is no simulation of Gatling', () => {
  const text = 'import org.junit.Before;\npublic class ShopTest {\n  @Before public void setUp() { }\n}';
  expect(() => read('ShopTest.java', text)).toThrow('of no kind that traffic is read from, such as a Gatling simulation');
});
