import { expect, test } from 'vitest';
import { timelineLines } from '../../../src/report/text/timeline-text';
import { NO_FAILURES } from '../../../src/run/failures';
import type { TimelineRow } from '../../../src/run/outcome';
import { runOf } from '../runs';

/** A row with every number as wide as it gets. */
const WIDE: TimelineRow = {
  ...runOf('users 30 for 1m').outcome.timeline[0]!,
  atSeconds: 31 * 86_400,
  failedRequests: 40_000,
  failures: { 'HTTP 502': 10_000, 'HTTP 503': 10_000, 'HTTP 504': 10_000, other: 10_000 },
  p95Millis: 60_000,
  p99Millis: 60_000,
};

test('a timeline with failures of all kinds fits a terminal of 120 columns, indented by two', () => {
  expect(Math.max(...timelineLines([WIDE]).map((line) => line.length))).toBeLessThanOrEqual(118);
});

test('failures are shown by the kinds that occurred', () => {
  const [none] = timelineLines([{ ...WIDE, failedRequests: 0, failures: NO_FAILURES }]);
  const [some] = timelineLines([{ ...WIDE, failures: { ...NO_FAILURES, 'HTTP 503': 7 } }]);
  expect([none, some].map((line) => /failed|50\d|other/.exec(line!)?.[0])).toEqual(['failed', '503']);
});

test('rows that repeat the one before are left out', () => {
  expect(timelineLines(runOf('rps 0 for 10m').outcome.timeline).filter((line) => line.includes('…'))).toHaveLength(1);
});

test('a day is reduced to a few hundred rows, with a note', () => {
  const lines = timelineLines(runOf('rps 100..2000 for 12h, rps 2000..100 for 12h').outcome.timeline);
  expect(lines.length).toBeLessThan(400);
  expect(lines.at(-1)).toMatch(/^shows every 6th row, and every row with failed requests or a changed task count; the CSV has all rows$/);
});

test('the note of a timeline with too many rows with failures does not say that it shows them all', () => {
  const rows = Array.from({ length: 2880 }, (_, minute) => ({ ...WIDE, atSeconds: 60 * minute }));
  const lines = timelineLines(rows);
  expect(lines.length).toBeLessThan(300);
  expect(lines.at(-1)).toBe('shows every 12th row; the CSV has all rows');
});
