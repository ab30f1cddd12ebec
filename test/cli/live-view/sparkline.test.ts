import { expect, test } from 'vitest';
import { sparkline } from '../../../cli/live-view/gauge';
import { glyphsFor } from '../../../cli/live-view/live-style';

test.each([
  [[1, 2, 3, 4, 5, 6, 7, 8], 8, 0, '▂▃▄▅▆▇██'],
  [[5, 5], 4, 0, '  ██'],
  [[5, 5], 4, 10, '  ▅▅'],
  [[0, 0], 2, 0, '▁▁'],
  [[1, undefined, 1], 3, 0, '█ █'],
  // the newest ones are what is looked at.
  [[9, 1, 2], 2, 0, '▅█'],
  [[1, 2], 0, 0, ''],
  [[], 3, 0, '   '],
])('%j in %d cells is %4$s', (values, width, minFullScale, drawn) => {
  const line = sparkline({ values, width, minFullScale, toneOf: () => 'normal' }, glyphsFor(true));
  expect(line.map(({ text }) => text).join('')).toBe(drawn);
});

test('each minute has a tone of its own', () => {
  const line = sparkline({ values: [1, 9, 9], width: 3, toneOf: (value) => (value > 5 ? 'warning' : 'normal') }, glyphsFor(true));
  expect(line).toEqual([
    { text: '▁', tone: 'normal' },
    { text: '██', tone: 'warning' },
  ]);
});
