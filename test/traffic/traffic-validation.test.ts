import { expect, test } from 'vitest';
import type { TrafficPhase } from '../../src/traffic/traffic-phases';
import { trafficErrors } from '../../src/traffic/traffic-validation';

const PHASE: TrafficPhase = { kind: 'users', from: 1, to: 1, thinkSeconds: 0, durationSeconds: 60 };

test.each([
  [{ from: -1 }, 'users must be from 0 to 1000000, got -1'],
  [{ to: Number.NaN }, 'users must be from 0 to 1000000, got NaN'],
  [{ to: 10_000_000 }, 'users must be from 0 to 1000000, got 10000000'],
  [{ kind: 'rps', from: -0.5 } as const, 'requests per second must be from 0 to 1000000, got -0.5'],
  [{ thinkSeconds: -1 }, 'think time must be from 0 to 744h, got -1 seconds'],
  [{ durationSeconds: Number.NaN }, 'duration must be known at synthesis, got NaN seconds'],
])('%j is refused', (changes, sentence) => {
  expect(trafficErrors({ phases: [PHASE, { ...PHASE, ...changes }] })).toEqual([sentence]);
});

test('so are traffic without a phase, of more than a month, and with a limit of nothing', () => {
  expect(trafficErrors({ phases: [] })).toEqual(['traffic must last at least 1 second, got none']);
  expect(trafficErrors({ phases: [{ ...PHASE, durationSeconds: 3e6 }] })).toEqual(['traffic must last at most 744h, got 50000m']);
  expect(trafficErrors({ phases: [PHASE], clientLimitRequestsPerSecond: 0 })).toEqual([
    'the client limit must be above 0 and at most 1000000, got 0',
  ]);
});

test('a million wrong phases make ten sentences', () => {
  const phases = Array.from({ length: 1e6 }, (_, index) => ({ ...PHASE, from: -index - 1 }));
  expect(trafficErrors({ phases })).toHaveLength(10);
});
