import { Duration } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src';

const [at, duration] = [Duration.minutes(10), Duration.minutes(5)];

test.each([
  [Fault.stopTask({ at }), { kind: 'stop-task', atSeconds: 600, count: 1 }],
  [Fault.stopTask({ at, count: 2 }), { kind: 'stop-task', atSeconds: 600, count: 2 }],
  [Fault.killTask({ at }), { kind: 'kill-task', atSeconds: 600, count: 1 }],
  [Fault.fillMemory({ at }), { kind: 'fill-memory', atSeconds: 600, count: 1 }],
  [Fault.freezeTask({ at, duration }), { kind: 'freeze-task', atSeconds: 600, count: 1, durationSeconds: 300 }],
  [Fault.failHealthCheck({ at, duration }), { kind: 'fail-health-check', atSeconds: 600, count: 1, durationSeconds: 300 }],
  [Fault.slowTask({ at, duration }), { kind: 'slow-task', atSeconds: 600, count: 1, durationSeconds: 300, speedShare: 0.5 }],
  [
    Fault.slowTask({ at, duration, speedPercent: 20 }),
    { kind: 'slow-task', atSeconds: 600, count: 1, durationSeconds: 300, speedShare: 0.2 },
  ],
  [Fault.crashAtStart({ at, duration }), { kind: 'crash-at-start', atSeconds: 600, durationSeconds: 300 }],
  [Fault.loseZone({ at, duration }), { kind: 'lose-zone', atSeconds: 600, durationSeconds: 300 }],
  [
    Fault.slowDependency({ at, duration, addedLatency: Duration.millis(250) }),
    { kind: 'slow-dependency', atSeconds: 600, durationSeconds: 300, addedSeconds: 0.25 },
  ],
  [Fault.deploy({ at }), { kind: 'deploy', atSeconds: 600 }],
  [Fault.badDeployment({ at }), { kind: 'bad-deployment', atSeconds: 600 }],
])('%s', (fault, expected) => {
  expect(fault._fault()).toEqual(expected);
});

describe('in words', () => {
  test('says what is done', () => {
    expect(String(Fault.stopTask({ at, count: 2 }))).toBe('2 tasks stopped');
  });
});
