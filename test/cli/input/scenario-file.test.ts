import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readScenarioFile } from '../../../cli/input/scenario-file';
import { SCENARIO_SCHEMA } from '../../../cli/scenario-files/scenario-schema';
import { FAULT_EXAMPLES, parseFault } from '../../../src/faults/fault-grammar';
import type { InputError } from '../../../src/parse/input-error';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { formatTraffic } from '../../../src/traffic/traffic-phases';

const DOCUMENT = readFileSync(join(__dirname, '../../../docs/scenario-file.md'), 'utf8');

function read(fields: object) {
  return readScenarioFile(fields, 'scenario.json', parseTraffic);
}

describe('the document', () => {
  test('shows a file that reads', () => {
    const [, example] = /```json\n(.*?)```/s.exec(DOCUMENT)!;
    const file = readScenarioFile(JSON.parse(example!), 'docs', parseTraffic);
    expect(file).toMatchObject({ seed: 7, changes: ['minCapacity=3', 'healthCheck.intervalSeconds=20'] });
    expect(file.faults).toEqual([parseFault('stop 1 at 20m'), parseFault('lose zone at 25m for 10m')]);
  });

  test('lists every field and every fault', () => {
    for (const example of FAULT_EXAMPLES) expect(DOCUMENT).toContain(`\n${example}`);
    const fields = [...DOCUMENT.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field);
    expect(fields).toEqual(Object.keys(SCENARIO_SCHEMA.properties).filter((field) => field !== '$schema'));
  });
});

test('a workload has only the numbers that are given', () => {
  expect(read({ workload: { cpuSecondsPerRequest: 0.5 } }).workload).toEqual({ cpuSecondsPerRequest: 0.5 });
});

test('what is left out of the file is left to the caller', () => {
  expect(read({})).toEqual({ changes: [] });
});

test('a policy change may leave its policy out', () => {
  const policyChanges = [
    { atSeconds: 600, targetValue: 50 },
    { atSeconds: 1, targetValue: 5, policyName: 'Cpu' },
  ];
  expect(read({ policyChanges }).policyChanges).toEqual(policyChanges);
});

test.each<[object, string]>([
  [{ policyChanges: [{ atSeconds: 1 }] }, 'a policy change must have atSeconds, policyName, targetValue, got {"atSeconds":1}'],
  [{ policyChanges: 3 }, 'policyChanges must be a list, got 3'],
  [{ startsAt: { year: 2026 } }, 'startsAt must have year, month, day, hour, minute, got {"year":2026}'],
  [{ startsAt: { year: 2026, month: 13, day: 1, hour: 0, minute: 0 } }, 'startsAt must be a time of the calendar such as {"year":2026,'],
  [{ startsAt: { year: 2026, month: 2, day: 30, hour: 0, minute: 0 } }, 'got {"year":2026,"month":2,"day":30,"hour":0,"minute":0}'],
  [{ workload: {} }, 'workload must have cpuSecondsPerRequest, got {}: leave workload out for that of the reference search service'],
  [{ trafic: 'rps 1 for 1m' }, 'a field of scenario.json must be one of traffic, '],
  [{ workload: { cpuSecondsPerRequest: 1, cpu: 1 } }, 'a field of workload must be one of cpuSecondsPerRequest, '],
  [{ behavior: { metricDelaySeconds: { low: 1 } } }, "a field of behavior.metricDelaySeconds must be one of min, max, got 'low'"],
  [{ faults: [{ kind: 'deploy', atSeconds: 1, count: 1 }] }, 'a fault deploy must have kind, atSeconds, got {"kind":"deploy",'],
  [
    { policyChanges: [{ atSeconds: 1, targetValue: 5, policy: 'Cpu' }] },
    'a policy change must have atSeconds, policyName, targetValue, got',
  ],
  [{ predictedMinimums: [{ atSeconds: 1, minCapacity: 5, max: 6 }] }, 'a predicted minimum must have atSeconds, minCapacity, got'],
  [{ startsAt: { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0 } }, 'startsAt must have year, month, day, hour, minute, got'],
  [{ workload: [1] }, 'workload must be an object with the fields cpuSecondsPerRequest, '],
  [{ workload: { latencyModel: 'fast' } }, 'workload.latencyModel must be even-share or quota-windows, got "fast"'],
  [{ set: [3] }, 'a change in set must be a string such as "minCapacity=3", got 3'],
  [{ behavior: { metricDelaySeconds: { min: 'soon' } } }, 'behavior.metricDelaySeconds.min must be a number, got "soon"'],
])('%j is refused', (fields, sentence) => {
  expect(() => read(fields)).toThrowError(sentence);
});

test.each([[], 'text', null])('%j is no scenario file', (value) => {
  expect(() => readScenarioFile(value, 'x.json', parseTraffic)).toThrowError(/^x.json must be a JSON object such as /);
});

test.each<object>([
  { ['unknown'.repeat(20)]: 1 },
  { workload: { [`cpu${'x'.repeat(90)}`]: 1 } },
  { faults: [{ kind: 'kil', atSeconds: 1, more: 'x'.repeat(300) }] },
  { policyChanges: [{ atSeconds: 'x'.repeat(300) }] },
  { startsAt: { year: 'x'.repeat(300) } },
])('an error has at most 200 characters: %j', (fields) => {
  try {
    read(fields);
    expect.unreachable();
  } catch (error) {
    expect((error as InputError).errors.filter((line) => line.length > 200)).toEqual([]);
  }
});

test('a history is traffic, as the traffic itself', () => {
  const { history, traffic } = read({ traffic: 'rps 3000 for 20m', history: 'rps 20 for 1h' });
  expect([formatTraffic(history!), formatTraffic(traffic!)]).toEqual(['rps 20 for 1h', 'rps 3000 for 20m']);
  expect(() => read({ history: 20 })).toThrowError('history must be text such as "rps 10 for 5m" or the name of a file, got 20');
});
