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
  new Console(false).prose('Remarks', [text]);
  return written.slice(2).map((line) => line.replace(/\n$/, ''));
}

test.each([
  ['what a terminal would break is broken between words', 20, 'three of four tasks', ['  three of four', '    tasks']],
  ['what is broken keeps its own indentation', 20, '    Cause: an alarm rang', ['      Cause: an', '        alarm rang']],
  ['what fits stays whole', 20, 'two of four tasks', ['  two of four tasks']],
  ['what goes into a file stays whole', undefined, 'three of four tasks, and more', ['  three of four tasks, and more']],
  ['nothing is broken for a terminal that does not know how wide it is', 0, 'three of four tasks', ['  three of four tasks']],
] as const)('%s', (_, columns, text, lines) => {
  expect(linesOf(columns, text)).toEqual(lines);
});

test('a table, and what is to be copied, stays as it is on a terminal, too', () => {
  process.stdout.columns = 20;
  new Console(false).section('Options', ['--cpu-per-request 2ms --base-latency 1ms']);
  expect(written.at(-1)).toBe('  --cpu-per-request 2ms --base-latency 1ms\n');
});
