import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAULT_EXAMPLES, parseFault } from '../../src/faults/fault-grammar';
import type { Fault } from '../../src/faults/fault-kinds';
import { InputError } from '../../src/parse/input-error';

test.each<[string, Fault]>([
  ['stop 1 at 10m', { kind: 'stop-task', atSeconds: 600, count: 1 }],
  ['  kill  2 at 90s ', { kind: 'kill-task', atSeconds: 90, count: 2 }],
  ['exhaust memory of 1 at 1h', { kind: 'exhaust-memory', atSeconds: 3600, count: 1 }],
  ['pause 1 at 10m for 2m', { kind: 'pause-task', atSeconds: 600, count: 1, durationSeconds: 120 }],
  ['slow 1 to 50% at 10m for 2m', { kind: 'slow-task', atSeconds: 600, count: 1, durationSeconds: 120, relativeSpeed: 0.5 }],
  ['slow 1 to 50 % at 10m for 2m', { kind: 'slow-task', atSeconds: 600, count: 1, durationSeconds: 120, relativeSpeed: 0.5 }],
  ['fail health checks of 3 at 10m for 2m', { kind: 'fail-health-check', atSeconds: 600, count: 3, durationSeconds: 120 }],
  ['crash at start at 10m for 2m', { kind: 'crash-at-start', atSeconds: 600, durationSeconds: 120 }],
  ['lose zone at 10m for 30m', { kind: 'lose-zone', atSeconds: 600, durationSeconds: 1800 }],
  ['slow dependency by 200ms at 10m for 2m', { kind: 'slow-dependency', atSeconds: 600, durationSeconds: 120, addedSeconds: 0.2 }],
  ['deploy at 10m', { kind: 'deploy', atSeconds: 600 }],
  ['bad deploy at 10m', { kind: 'bad-deployment', atSeconds: 600 }],
  ['continue at 12m', { kind: 'continue-deployment', atSeconds: 720 }],
  ['rollback at 12m', { kind: 'rollback-deployment', atSeconds: 720 }],
])("'%s' is parsed", (text, fault) => {
  expect(parseFault(text)).toEqual(fault);
});

test('there is an example of every kind, and each is valid', () => {
  expect(new Set(FAULT_EXAMPLES.map((example) => parseFault(example).kind)).size).toBe(FAULT_EXAMPLES.length);
});

describe('a fault that is not valid has an error', () => {
  test.each([
    [
      'explode at 10m',
      "a fault must begin with stop, kill, interrupt, pause, slow, exhaust, fail, crash, lose, deploy, bad, continue, rollback, got 'explode at 10m'",
    ],
    ['stop 1', "a fault must read 'stop TASKS at TIME', such as 'stop 1 at 10m', got 'stop 1': 'at' is missing at the end"],
    ['stop at 10m', "got 'stop at 10m': 'TASKS' is missing before 'at'"],
    ['stop 1 on 10m', "got 'stop 1 on 10m': 'on' must be 'at'"],
    ['stop 1 at 10m for 2m', "such as 'stop 1 at 10m', got 'stop 1 at 10m for 2m': 'for 2m' must be left out"],
    ['slow 1 at 10m for 2m', "'slow TASKS to SPEED at TIME for DURATION', such as 'slow 1 to 50% at 10m for 2m', got"],
    ['slow 1 to 50 at 10m for 2m', "': '50' must be 'SPEED'"],
    ['slow 1 to 50 % at 10m', "got 'slow 1 to 50 % at 10m': 'for' is missing at the end"],
    [
      'lose zone',
      "a fault must read 'lose zone at TIME for DURATION', such as 'lose zone at 10m for 30m', got 'lose zone': 'at' is missing",
    ],
    ['stop 1 at noon', "a duration must be written like 90s, 5m or 1h30m, got 'noon' in 'stop 1 at noon'"],
    ['stop one at 10m', "the number of tasks must be a number, got 'one' in 'stop one at 10m'"],
    ['stop 0 at 10m', "the fault 'stop 0 at 10m' must affect a whole number of at least 1 task, got 0"],
    [
      'slow 1 to 150% at 1m for 1m',
      "the speed of a slow task must be above 0 % and at most 100 %, got '150 %' in 'slow 1 to 150% at 1m for 1m'",
    ],
    ['pause 1 at 10m for 0s', "the fault 'pause 1 at 10m for 0s' must last longer than 0 seconds, got 0"],
    ['stop x at y', "got 'y' in 'stop x at y'\nthe number of tasks"],
  ])('%s', (text, message) => {
    expect(() => parseFault(text)).toThrowError(message);
    expect(() => parseFault(text)).toThrowError(InputError);
  });

  test('whatever the text', () => {
    const words = fc.constantFrom('stop', 'slow', 'at', 'for', '1', '-1', '1e9', '10m', '50%', 'to', 'deploy', 'NaN', 'Infinity');
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        try {
          expect(Object.values(parseFault(parts.join(' '))).filter(Number.isNaN)).toEqual([]);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});
