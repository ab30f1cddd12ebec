import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ScenarioOptions, scenarioInputOf } from '../../../cli/options/scenario-options';
import { formatTraffic } from '../../../src/traffic/traffic-phases';

const FOLDER = mkdtempSync(join(tmpdir(), 'scenario-options-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function write(name: string, content: object): string {
  const path = join(FOLDER, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

function inputOf(fields: object, options: ScenarioOptions = {}) {
  const { traffic, history } = scenarioInputOf({ ...options, scenario: write('scenario.json', fields) });
  return { traffic: formatTraffic(traffic), history: history && formatTraffic(history) };
}

write('k6.json', { vus: 5, duration: '1m' });
write('iterations.json', { vus: 5, iterations: 100 });
const HISTORY = { history: 'rps 20 for 1h' };

test.each([
  [{ traffic: 'k6.json', think: '1s', ...HISTORY }, {}, 'users 5 think 1s for 1m'],
  [{ traffic: 'k6.json', pacing: '4s', requestsPerIteration: 2, ...HISTORY }, {}, 'users 5 pacing 2s for 1m'],
  [{ traffic: 'k6.json', ...HISTORY }, { think: '2s' }, 'users 5 think 2s for 1m'],
])('what a scenario file and options say of an iteration is for its traffic, and not for its history: %j', (fields, options, words) => {
  expect(inputOf(fields, options)).toEqual({ traffic: words, history: 'rps 20 for 1h' });
});

test('the iteration is refused with traffic that has none, whatever the history', () => {
  expect(() => inputOf({ traffic: 'rps 20 for 1h', history: 'k6.json', think: '1s' })).toThrowError(
    /^think, pacing and requestsPerIteration/,
  );
  expect(() => inputOf({ traffic: 'rps 20 for 1h', history: 'k6.json' }, { think: '1s' })).toThrowError(/^--think must go with traffic/);
});

test.each([
  [{ workload: { cpuSecondsPerRequest: 0.25, baseLatencySeconds: 0.75 } }, {}, 'users 5 think 1s for 40s'],
  [{ workload: { cpuSecondsPerRequest: 0.5 } }, {}, 'users 5 think 1s for 30s'],
  [{ workload: { cpuSecondsPerRequest: 0.25, baseLatencySeconds: 0.75 } }, { baseLatency: '1.75s' }, 'users 5 think 1s for 1m'],
])('a test of iterations lasts as long as the workload makes its responses take: %j %j', (fields, options, words) => {
  expect(inputOf({ traffic: 'iterations.json', think: '1s', ...fields }, options).traffic).toBe(words);
  expect(inputOf(fields, { ...options, traffic: join(FOLDER, 'iterations.json'), think: '1s' }).traffic).toBe(words);
});

test('a scenario that is nested deeper than any is refused before it is read', () => {
  const path = join(FOLDER, 'deep.json');
  writeFileSync(path, `{"traffic": ${'['.repeat(201)}${']'.repeat(201)}}`);
  expect(() => scenarioInputOf({ scenario: path })).toThrowError(/^--scenario must be nested at most 200 deep, got more in 'deep\.json'$/);
});
