import { describe, expect, test } from 'vitest';
import { FAULT_KEYS } from '../../../cli/live-view/controls';
import { helpPages } from '../../../cli/live-view/help';
import { renderContextOf } from '../../../cli/live-view/styled-text';

function help(width: number, rows: number, keys: 'all' | 'quit' = 'all'): string[][] {
  const pages = helpPages({ keys }, rows, renderContextOf(width, { hasColors: false, supportsUnicode: true }));
  return pages.map((lines) =>
    lines.map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    ),
  );
}

const NAMES = [...FAULT_KEYS.map(({ key }) => key), '?', 'Ctrl-L', 'q', 'Ctrl-C', 'Ctrl-Z'];

test('the help describes every key', () => {
  const [page, ...others] = help(78, 40);
  expect(others).toEqual([]);
  expect(page).toEqual(
    expect.arrayContaining([
      'k         1 task killed',
      'q         end and print the result',
      'Ctrl-C    the same; twice: stop at once',
      'Ctrl-Z    nothing: a rehearsal cannot be suspended',
    ]),
  );
});

test('without a handler of faults, their keys are not listed', () => {
  expect(help(78, 40, 'quit')[0]!.map((line) => line.split(' ')[0])).toEqual(['Keys', '?', 'Ctrl-L', 'q', 'Ctrl-C', 'Ctrl-Z']);
});

describe('whatever the room', () => {
  test.each([
    // width, rows, pages
    [140, 12, 1], // in two columns.
    [98, 13, 1],
    [78, 22, 1],
    [58, 18, 2],
    [40, 10, 3],
    [30, 6, 8],
  ])('of %d cells in %d rows, every key is listed once and in full, in %d pages', (width, rows, count) => {
    const pages = help(width, rows);
    expect(pages).toHaveLength(count);
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(rows);
    const text = pages.map((page) => page.slice(1).join('\n')).join('\n');
    expect(text).not.toContain('…');
    // a key is at the start of a column.
    for (const name of NAMES) expect(text.match(new RegExp(`(^|   )${name.replace('?', '\\?')} `, 'gm'))).toHaveLength(1);
    expect(text).toContain('Durations are');
  });

  test('each page but the last says how the next is reached', () => {
    const titles = help(40, 10).map(([title]) => title);
    expect(titles).toEqual(
      titles.map((_, index) => expect.stringMatching(new RegExp(`^Keys ${index + 1} of 3${index < 2 ? ', \\? shows more' : ' ─'}`))),
    );
  });
});
