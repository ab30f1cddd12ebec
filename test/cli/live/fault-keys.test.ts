import { expect, test } from 'vitest';
import { FAULT_KEYS, faultOfKey } from '../../../cli/live/fault-keys';
import { faultInWords, faultMistakes } from '../../../src/scenario/fault';
import { FAULT_EXAMPLES, parseFault } from '../../../src/scenario/parse-fault';

test.each([
  ['s', '1 task stopped'],
  ['k', '1 task killed'],
  ['f', '1 task frozen for 120 s'],
  ['w', '1 task slow, at 50 % of the speed for 300 s'],
  ['m', '1 task out of memory'],
  ['h', '1 task failing its health checks for 120 s'],
  ['c', 'every task that starts ends at once for 300 s'],
  ['z', 'a zone is lost for 600 s'],
  ['d', 'a deployment'],
  ['b', 'a deployment whose tasks fail'],
  ['l', 'a dependency is slow, 0.2 s added to each request for 300 s'],
])('%s means: %s', (key, words) => {
  const fault = faultOfKey(key, 90);
  expect(fault).toMatchObject({ atSeconds: 90 });
  expect(faultInWords(fault!)).toBe(words);
  expect(faultMistakes(fault!)).toEqual([]);
});

test('no other key does anything to the tasks', () => {
  expect(faultOfKey('q', 0)).toBeUndefined();
  expect(faultOfKey('', 0)).toBeUndefined();
  expect(faultOfKey('S', 0)).toBeUndefined();
});

test('there is a key for every kind of fault that a scenario can have, and no key for two', () => {
  const kinds = FAULT_KEYS.map(({ fault }) => fault(0).kind);
  expect(new Set(kinds)).toEqual(new Set(FAULT_EXAMPLES.map((example) => parseFault(example).kind)));
  expect(new Set(FAULT_KEYS.map(({ key }) => key)).size).toBe(FAULT_KEYS.length);
});
