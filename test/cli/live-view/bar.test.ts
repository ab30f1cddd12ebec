import { expect, test } from 'vitest';
import { bar } from '../../../cli/live-view/gauge';
import { glyphsFor } from '../../../cli/live-view/live-style';

test.each([
  [0, '──────────'],
  [5, '╸─────────'],
  [50, '━━━━━─────'],
  [97, '━━━━━━━━━╸'],
  [100, '━━━━━━━━━━'],
  [250, '━━━━━━━━━━'],
  [-3, '──────────'],
  [undefined, '──────────'],
])('%s of 100 is %s', (value, drawn) => {
  expect(drawnBar(value)).toBe(drawn);
});

test.each([
  [20, '━━────┃───'],
  [90, '━━━━━━┃━━─'],
])('a mark is seen beside %d and through it', (value, drawn) => {
  expect(drawnBar(value, [{ value: 60, kind: 'upper' }])).toBe(drawn);
});

test('a mark beyond the end is not there, and one at the end is', () => {
  expect(drawnBar(0, [{ value: 101, kind: 'upper' }])).toBe('──────────');
  expect(drawnBar(0, [{ value: 100, kind: 'lower' }])).toBe('─────────╎');
});

test('where there is no Unicode, cells are full or empty', () => {
  const parts = { value: 55, fullScale: 100, width: 10, tone: 'normal', marks: [{ value: 80, kind: 'lower' }] } as const;
  expect(
    bar(parts, glyphsFor(false))
      .map(({ text }) => text)
      .join(''),
  ).toBe('######..:.');
});

function drawnBar(value: number | undefined, marks: readonly { value: number; kind: 'upper' | 'lower' }[] = []): string {
  const line = bar({ value, fullScale: 100, width: 10, tone: 'normal', marks }, glyphsFor(true));
  return line.map(({ text }) => text).join('');
}
