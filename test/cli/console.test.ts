import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Console } from '../../cli/console';

const written: string[] = [];
const { columns: columnsBefore } = process.stdout;

beforeEach(() => {
  written.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  process.stdout.columns = columnsBefore;
});

function linesOf(columns: number | undefined, text: string): string[] {
  process.stdout.columns = columns!;
  new Console(false).section('Remarks', [text]);
  return written.slice(2).map((line) => line.trimEnd());
}

test.each([
  ['a line that a terminal would break is broken between words', 20, 'three of four tasks', ['  three of four', '    tasks']],
  ['and keeps its own indentation', 20, '    Cause: an alarm rang', ['      Cause: an', '        alarm rang']],
  ['a line that fits stays whole', 20, 'two of four tasks', ['  two of four tasks']],
  ['so does a row of a table, whose columns would not be columns any more', 20, '1:00   30   512   2', ['  1:00   30   512   2']],
  ['and all that goes into a file', undefined, 'three of four tasks, and more', ['  three of four tasks, and more']],
] as const)('%s', (_, columns, text, lines) => {
  expect(linesOf(columns, text)).toEqual(lines);
});
