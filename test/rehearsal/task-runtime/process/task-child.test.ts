import { expect, test } from 'vitest';
import { LastOutput } from '../../../../rehearsal/task-runtime/process/task-child';

test('keeps the last twenty lines', () => {
  const output = new LastOutput();
  for (let line = 1; line <= 30; line++) output.append(`line ${line}\n`);
  expect(output.text.split('\n')).toHaveLength(20);
  expect(output.text).toMatch(/^line 11\n.*line 30$/s);
});

test('joins lines that arrive in pieces', () => {
  const output = new LastOutput();
  for (const piece of ['no data', 'base\nbye', '\n']) output.append(piece);
  expect(output.text).toBe('no database\nbye');
});

test('keeps the end of a line without an end', () => {
  const output = new LastOutput();
  for (let piece = 0; piece < 10_000; piece++) output.append('0123456789');
  expect(output.text.length).toBeLessThan(10_000);
  expect(output.text).toMatch(/0123456789$/);
});

test('returns a change once', () => {
  const output = new LastOutput();
  output.append('ready\n');
  expect([output.takeChange(), output.takeChange()]).toEqual(['ready', undefined]);
});
