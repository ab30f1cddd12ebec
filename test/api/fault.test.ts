import { Duration } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src';
import { FAULT_EXAMPLES } from '../../src/faults/fault-grammar';
import { FAULT_KINDS } from '../../src/faults/fault-rows';

const [at, duration] = [Duration.minutes(10), Duration.minutes(5)];

test.each([
  [Fault.stopTask({ at }), { kind: 'stop-task', atSeconds: 600, count: 1 }],
  [Fault.stopTask({ at, count: 2 }), { kind: 'stop-task', atSeconds: 600, count: 2 }],
  [Fault.killTask({ at }), { kind: 'kill-task', atSeconds: 600, count: 1 }],
  [Fault.exhaustMemory({ at }), { kind: 'exhaust-memory', atSeconds: 600, count: 1 }],
  [Fault.pauseTask({ at, duration }), { kind: 'pause-task', atSeconds: 600, count: 1, durationSeconds: 300 }],
  [Fault.failHealthCheck({ at, duration }), { kind: 'fail-health-check', atSeconds: 600, count: 1, durationSeconds: 300 }],
  [Fault.slowTask(50, { at, duration }), { kind: 'slow-task', atSeconds: 600, count: 1, durationSeconds: 300, relativeSpeed: 0.5 }],
  [
    Fault.slowTask(20, { at, duration, count: 2 }),
    { kind: 'slow-task', atSeconds: 600, count: 2, durationSeconds: 300, relativeSpeed: 0.2 },
  ],
  [Fault.crashAtStart({ at, duration }), { kind: 'crash-at-start', atSeconds: 600, durationSeconds: 300 }],
  [Fault.loseZone({ at, duration }), { kind: 'lose-zone', atSeconds: 600, durationSeconds: 300 }],
  [
    Fault.slowDependency(Duration.millis(250), { at, duration }),
    { kind: 'slow-dependency', atSeconds: 600, durationSeconds: 300, addedSeconds: 0.25 },
  ],
  [Fault.deploy(at), { kind: 'deploy', atSeconds: 600 }],
  [Fault.badDeployment(at), { kind: 'bad-deployment', atSeconds: 600 }],
  [Fault.continueDeployment(at), { kind: 'continue-deployment', atSeconds: 600 }],
  [Fault.rollbackDeployment(at), { kind: 'rollback-deployment', atSeconds: 600 }],
])('%s', (fault, expected) => {
  expect(fault._fault()).toEqual(expected);
});

test.each([
  ['stop 1 at 10m', Fault.stopTask({ at })],
  ['kill 2 at 10m', Fault.killTask({ at, count: 2 })],
  ['exhaust memory of 1 at 10m', Fault.exhaustMemory({ at })],
  ['pause 1 at 10m for 5m', Fault.pauseTask({ at, duration })],
  ['slow 1 to 50% at 10m for 5m', Fault.slowTask(50, { at, duration })],
  ['fail health checks of 1 at 10m for 5m', Fault.failHealthCheck({ at, duration })],
  ['crash at start at 10m for 5m', Fault.crashAtStart({ at, duration })],
  ['lose zone at 10m for 5m', Fault.loseZone({ at, duration })],
  ['deploy at 10m', Fault.deploy(at)],
  ['bad deploy at 10m', Fault.badDeployment(at)],
  ['continue at 10m', Fault.continueDeployment(at)],
  ['rollback at 10m', Fault.rollbackDeployment(at)],
  ['slow dependency by 200ms at 10m for 5m', Fault.slowDependency(Duration.millis(200), { at, duration })],
])('%s is parsed', (text, fault) => {
  expect(Fault.parse(text)._fault()).toEqual(fault._fault());
});

test('every kind of fault can be parsed', () => {
  expect(FAULT_EXAMPLES.map((text) => Fault.parse(text)._fault().kind)).toEqual(FAULT_KINDS);
});

test.each([
  ['stop one at 10m', "the number of tasks must be a number, got 'one' in 'stop one at 10m'"],
  ['stop 0 at soon', "a duration must be written like 90s, 5m or 1h30m, got 'soon' in 'stop 0 at soon'"],
  [
    'burn it down',
    "a fault must begin with stop, kill, interrupt, pause, slow, exhaust, fail, crash, lose, deploy, bad, continue, rollback, got 'burn it down'",
  ],
])('%s is not a fault', (text, message) => {
  expect(() => Fault.parse(text)).toThrow(message);
});

describe('as text', () => {
  test('says what is done', () => {
    expect(String(Fault.stopTask({ at, count: 2 }))).toBe('2 tasks stopped');
  });
});
