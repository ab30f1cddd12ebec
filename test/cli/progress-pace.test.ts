import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressPace } from '../../cli/progress-pace';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

test('the longer something takes, the rarer it is told, but at least twice a minute', () => {
  const pace = new ProgressPace();
  const told: number[] = [];
  for (let second = 0; second <= 150; second++) {
    if (pace.isDue) {
      told.push(pace.seconds);
      pace.told();
    }
    vi.advanceTimersByTime(1000);
  }
  expect(told).toEqual([2, 4, 8, 16, 32, 62, 92, 122]);
});
