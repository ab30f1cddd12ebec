import { expect, test } from 'vitest';
import { FAULT_KEYS, faultOfKey } from '../../../cli/live-view/controls';
import { FAULT_EXAMPLES, formatFault, parseFault } from '../../../src/faults/fault-grammar';
import { faultErrors } from '../../../src/faults/fault-kinds';

test.each([
  ['s', '1 task stopped'],
  ['k', '1 task killed'],
  ['p', '1 task paused for 120 s'],
  ['w', '1 task slowed to 50 % of the speed for 300 s'],
  ['m', '1 task made to run out of memory'],
  ['h', '1 task made to fail its health checks for 120 s'],
  ['c', 'every new task made to exit at start for 300 s'],
  ['z', 'a zone lost for 600 s'],
  ['d', 'a deployment started'],
  ['b', 'a deployment whose tasks fail started'],
  ['l', 'a dependency slowed by 0.2 s a request for 300 s'],
])('%s means: %s', (key, words) => {
  const fault = faultOfKey(key, 90);
  expect(fault).toMatchObject({ atSeconds: 90 });
  expect(formatFault(fault!)).toBe(words);
  expect(faultErrors(fault!)).toEqual([]);
});

test('no other key does anything to the tasks', () => {
  expect(faultOfKey('q', 0)).toBeUndefined();
  expect(faultOfKey('', 0)).toBeUndefined();
  expect(faultOfKey('S', 0)).toBeUndefined();
});

test('there is a key for every kind of fault but an interruption of Spot and what is done to a deployment in progress, and no key for two', () => {
  const kinds = [...FAULT_KEYS.map(({ faultAt }) => faultAt(0).kind), 'interrupt-spot', 'continue-deployment', 'rollback-deployment'];
  expect(new Set(kinds)).toEqual(new Set(FAULT_EXAMPLES.map((example) => parseFault(example).kind)));
  expect(new Set(FAULT_KEYS.map(({ key }) => key)).size).toBe(FAULT_KEYS.length);
});
