import { describe, expect, test } from 'vitest';
import { csvOf } from '../../src/report/export-formats';
import { runOf } from './runs';

describe('comma-separated values', () => {
  const run = runOf('users 30 for 3m');

  test('have one line per minute, with the field names of the JSON', () => {
    const [heading, ...rows] = csvOf({ title: '', runs: [run] })
      .trimEnd()
      .split('\r\n');
    const column = heading!.split(',').indexOf('cpuUtilizationPercent');
    expect(rows.map((row) => Number(row.split(',')[column]))).toEqual(
      run.outcome.timeline.map((row) => expect.closeTo(row.cpuUtilizationPercent!, 3)),
    );
    expect(rows.map((row) => row.split(',')[0])).toEqual(['"forecast"', '"forecast"', '"forecast"']);
  });

  test('leave unknown values empty', () => {
    const [heading, row] = csvOf({ title: '', runs: [runOf('rps 0 for 1m')] }).split('\r\n');
    expect(row!.split(',')[heading!.split(',').indexOf('p95Millis')]).toBe('');
  });

  test.each([
    ['a "b", c', '"a ""b"", c"'],
    ['=1+1', `"'=1+1"`],
  ])('hold the name %j as %s, which no spreadsheet runs', (name, cell) => {
    const [, row] = csvOf({ title: '', runs: [{ ...run, name }] }).split('\r\n');
    expect(row!.startsWith(`${cell},`)).toBe(true);
  });
});
