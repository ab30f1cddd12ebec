import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../src/plan/invalid-input';
import type { Fault } from '../../src/scenario/fault';
import { FAULT_EXAMPLES, parseFault } from '../../src/scenario/parse-fault';

test.each<[string, Fault]>([
  ['stop 1 at 10m', { kind: 'stop-task', atSeconds: 600, count: 1 }],
  ['  kill  2 at 90s ', { kind: 'kill-task', atSeconds: 90, count: 2 }],
  ['fill memory of 1 at 1h', { kind: 'fill-memory', atSeconds: 3600, count: 1 }],
  ['freeze 1 at 10m for 2m', { kind: 'freeze-task', atSeconds: 600, count: 1, durationSeconds: 120 }],
  ['slow 1 to 50% at 10m for 2m', { kind: 'slow-task', atSeconds: 600, count: 1, durationSeconds: 120, speedShare: 0.5 }],
  ['slow 1 to 50 % at 10m for 2m', { kind: 'slow-task', atSeconds: 600, count: 1, durationSeconds: 120, speedShare: 0.5 }],
  ['fail health checks of 3 at 10m for 2m', { kind: 'fail-health-check', atSeconds: 600, count: 3, durationSeconds: 120 }],
  ['crash at start at 10m for 2m', { kind: 'crash-at-start', atSeconds: 600, durationSeconds: 120 }],
  ['lose zone at 10m for 30m', { kind: 'lose-zone', atSeconds: 600, durationSeconds: 1800 }],
  ['slow dependency by 200ms at 10m for 2m', { kind: 'slow-dependency', atSeconds: 600, durationSeconds: 120, addedSeconds: 0.2 }],
  ['deploy at 10m', { kind: 'deploy', atSeconds: 600 }],
  ['bad deploy at 10m', { kind: 'bad-deployment', atSeconds: 600 }],
])("'%s' is read", (text, fault) => {
  expect(parseFault(text)).toEqual(fault);
});

test('there is an example of every kind, and each reads', () => {
  expect(new Set(FAULT_EXAMPLES.map((example) => parseFault(example).kind)).size).toBe(FAULT_EXAMPLES.length);
});

describe('a fault that does not read is refused with a sentence', () => {
  test.each([
    ['explode at 10m', "a fault must read like 'stop 1 at 10m', "],
    ['stop 1 at noon', "a duration must be written like 90s, 5m or 1h30m, got 'noon' in 'stop 1 at noon'"],
    ['stop one at 10m', "the tasks that a fault befalls must be a number, got 'one' in 'stop one at 10m'"],
    ['stop 0 at 10m', "got 0 in 'stop 0 at 10m'"],
    ['slow 1 to 150% at 1m for 1m', "got 1.5 in 'slow 1 to 150% at 1m for 1m'"],
    ['freeze 1 at 10m for 0s', "got 0 in 'freeze 1 at 10m for 0s'"],
    ['stop x at y', "got 'y' in 'stop x at y'\nthe tasks"],
  ])('%s', (text, sentence) => {
    expect(() => parseFault(text)).toThrowError(sentence);
    expect(() => parseFault(text)).toThrowError(InvalidInput);
  });

  test('whatever it is', () => {
    const words = fc.constantFrom('stop', 'slow', 'at', 'for', '1', '-1', '1e9', '10m', '50%', 'to', 'deploy', 'NaN', 'Infinity');
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        try {
          expect(Object.values(parseFault(parts.join(' '))).filter(Number.isNaN)).toEqual([]);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInput);
        }
      }),
    );
  });
});
