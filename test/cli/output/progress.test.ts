import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressReporter } from '../../../cli/output/progress';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

function started(): { readonly progress: ProgressReporter; readonly printed: string[] } {
  const printed: string[] = [];
  return { progress: new ProgressReporter((text) => printed.push(text)), printed };
}

test('a long step is reported from time to time, with its latest result, and its hint once', () => {
  const { progress, printed } = started();
  progress.pollSteps(() => ({ name: 'waiting for its health', latestResult: 'so far 404', hint: 'name another path' }));
  vi.advanceTimersByTime(13_000);
  progress.close();
  vi.advanceTimersByTime(13_000);
  expect(printed).toEqual([
    ...[2, 4, 8, 10].map((seconds) => `waiting for its health, so far 404, ${seconds} s`),
    'name another path (Ctrl-C ends this command)',
  ]);
});

test('a short step is not reported, unless it is reported at its start', () => {
  const { progress, printed } = started();
  progress.pollSteps(() => ({ name: 'starting' }));
  vi.advanceTimersByTime(1000);
  progress.pollSteps(() => ({ name: 'at half of that', isReportedAtStart: true }));
  vi.advanceTimersByTime(1000);
  progress.pollSteps(() => ({ name: 'stopping' }));
  vi.advanceTimersByTime(1000);
  progress.close();
  expect(printed).toEqual(['at half of that']);
});

test('a step that changes its name is a new step', () => {
  const { progress, printed } = started();
  let name = 'waiting for its port';
  progress.pollSteps(() => ({ name }));
  vi.advanceTimersByTime(3000);
  name = 'waiting for its health';
  vi.advanceTimersByTime(3000);
  progress.close();
  expect(printed).toEqual(['waiting for its port, 2 s', 'waiting for its health, 2 s']);
});
