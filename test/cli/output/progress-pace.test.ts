import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressPace } from '../../../cli/output/progress';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

test('reports less often the longer something takes, but at least twice a minute', () => {
  const pace = new ProgressPace();
  const reportedAt: number[] = [];
  for (let second = 0; second <= 150; second++) {
    if (pace.isReportDue) {
      reportedAt.push(pace.seconds);
      pace.scheduleNextReport();
    }
    vi.advanceTimersByTime(1000);
  }
  expect(reportedAt).toEqual([2, 4, 8, 16, 32, 62, 92, 122]);
});
