import { expect, test } from 'vitest';
import { comparisonLines } from '../../../src/report/text/comparison-text';
import { forecastSeeds } from '../../../src/simulation/band';
import { runOf } from '../runs';

/** The cells of a row, which stand two spaces or more apart. */
function cellsOf(lines: readonly string[], what: string): string[] {
  const row = lines.find((text) => text.startsWith(what))!;
  return row.slice(what.length).trim().split(/ {2,}/);
}

test('a forecast is compared with its rehearsal and the range of other seeds', () => {
  const { scenario, outcome } = runOf('users 30 for 5m, users 120 for 15m');
  const lines = comparisonLines(outcome, { ...outcome, kind: 'rehearsal' }, forecastSeeds(scenario, 20));
  expect(lines[0]).toMatch(/ forecast +rehearsal +forecasts, 90 of 100$/);
  const [forecast, rehearsal, band] = cellsOf(lines, 'first scale-out at');
  expect([forecast, rehearsal]).toEqual([forecast, forecast]);
  expect(band).toMatch(/^\d+:\d\d to \d+:\d\d$/);
  expect(cellsOf(lines, 'first scale-in at')).toEqual(['never', 'never', 'never']);
  expect(cellsOf(lines, 'requests failed, %')).toEqual(['0', '0', '0']);
  expect(cellsOf(lines, 'desired count')).toHaveLength(2);
  for (const name of ['p95', 'p99'] as const) {
    const [forecastMillis, rehearsalMillis] = cellsOf(lines, `${name} latency, ms`);
    expect([forecastMillis, rehearsalMillis]).toEqual(Array(2).fill(outcome.totals[`${name}Millis`]!.toFixed(1)));
  }
});

test('the range of a time that some seeds never reach ends with never', () => {
  const { outcome } = runOf('users 30 for 5m, users 120 for 15m');
  const quiet = { ...outcome, activities: [] };
  const [, , band] = cellsOf(comparisonLines(outcome, quiet, [outcome, quiet]), 'first scale-out at');
  expect(band).toMatch(/^\d+:\d\d to never$/);
});
