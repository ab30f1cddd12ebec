import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PhaseTeller } from '../../cli/phase-teller';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

function started(): { readonly teller: PhaseTeller; readonly said: string[] } {
  const said: string[] = [];
  return { teller: new PhaseTeller((text) => said.push(text)), said };
}

test('what takes long is said from time to time, with what came of it, and one hint', () => {
  const { teller, said } = started();
  teller.enter(() => ({ name: 'waiting for its health', soFar: 'so far 404', hint: 'name another path' }));
  vi.advanceTimersByTime(13_000);
  teller.close();
  vi.advanceTimersByTime(13_000);
  expect(said).toEqual([
    ...[2, 4, 8, 10].map((seconds) => `waiting for its health, so far 404, ${seconds} s`),
    'name another path (Ctrl-C ends this)',
  ]);
});

test('what is soon over is not said, unless it is news', () => {
  const { teller, said } = started();
  teller.enter(() => ({ name: 'starting' }));
  vi.advanceTimersByTime(1000);
  teller.enter(() => ({ name: 'at half of that', isNews: true }));
  vi.advanceTimersByTime(1000);
  teller.enter(() => ({ name: 'stopping' }));
  vi.advanceTimersByTime(1000);
  teller.close();
  expect(said).toEqual(['at half of that']);
});

test('a look that comes upon something else begins to count anew', () => {
  const { teller, said } = started();
  let name = 'waiting for its port';
  teller.enter(() => ({ name }));
  vi.advanceTimersByTime(3000);
  name = 'waiting for its health';
  vi.advanceTimersByTime(3000);
  teller.close();
  expect(said).toEqual(['waiting for its port, 2 s', 'waiting for its health, 2 s']);
});
