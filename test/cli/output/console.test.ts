import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Console } from '../../../cli/output/console';

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
  new Console(false).printWrappedSection('Remarks', [text]);
  return written.slice(2).map((line) => line.replace(/\n$/, ''));
}

test.each([
  ['breaks a long line between words for a terminal', 20, 'three of four tasks', ['  three of four', '    tasks']],
  ['keeps the indentation of a broken line', 20, '    Cause: an alarm went', ['      Cause: an', '        alarm went']],
  ['leaves a line that fits unchanged', 20, 'two of four tasks', ['  two of four tasks']],
  ['leaves a line for a file unchanged', undefined, 'three of four tasks, and more', ['  three of four tasks, and more']],
  ['leaves a line for a terminal of unknown width unchanged', 0, 'three of four tasks', ['  three of four tasks']],
] as const)('%s', (_, columns, text, lines) => {
  expect(linesOf(columns, text)).toEqual(lines);
});

test('leaves tables and text to copy unchanged on a terminal', () => {
  process.stdout.columns = 20;
  new Console(false).printSection('Options', ['--cpu-per-request 2ms --base-latency 1ms']);
  expect(written.at(-1)).toBe('  --cpu-per-request 2ms --base-latency 1ms\n');
});
