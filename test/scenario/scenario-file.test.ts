import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FAULT_EXAMPLES, parseFault } from '../../src/scenario/parse-fault';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import { parseScenarioFile } from '../../src/scenario/scenario-file';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';

const DOCUMENT = readFileSync(join(__dirname, '../../docs/scenario-file.md'), 'utf8');

function read(fields: object) {
  return parseScenarioFile(JSON.stringify(fields), 'scenario.json', parseTraffic);
}

describe('the document', () => {
  test('shows a file that reads', () => {
    const [, example] = /```json\n(.*?)```/s.exec(DOCUMENT)!;
    const file = parseScenarioFile(example!, 'docs', parseTraffic);
    expect(file).toMatchObject({ seed: 7, changes: ['minCapacity=3', 'healthCheck.intervalSeconds=20'] });
    expect(file.faults).toEqual([parseFault('stop 1 at 20m'), parseFault('lose zone at 25m for 10m')]);
  });

  test('lists every field and every fault', () => {
    for (const example of FAULT_EXAMPLES) expect(DOCUMENT).toContain(`\n${example}`);
    const fields = [...DOCUMENT.matchAll(/^\| `(\w+)` \|/gm)].map(([, field]) => field);
    expect(() => read({ unknown: 1 })).toThrowError(`must be one of ${fields.join(', ')}, got 'unknown'`);
  });
});

test('what is left out of a workload is that of the measured search service', () => {
  expect(read({ workload: { cpuSecondsPerRequest: 0.5 } }).workload).toEqual({ ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.5 });
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
  [{ workload: [1] }, 'workload must have fields among cpuSecondsPerRequest, '],
  [{ workload: { latencyModel: 'fast' } }, 'workload.latencyModel must be even-share or quota-windows, got "fast"'],
  [{ set: [3] }, 'a change in set must be a string such as "minCapacity=3", got 3'],
  [{ behavior: { metricDelaySeconds: { least: 'soon' } } }, 'behavior.metricDelaySeconds.least must be a number, got "soon"'],
])('%j is refused', (fields, sentence) => {
  expect(() => read(fields)).toThrowError(sentence);
});

test.each(['', '[]', '{"traffic": ', 'null'])('%j is no scenario file', (text) => {
  expect(() => parseScenarioFile(text, 'x.json', parseTraffic)).toThrowError(/^x.json must be (JSON|a JSON object) such as /);
});
