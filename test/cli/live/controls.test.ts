import { expect, test } from 'vitest';
import { canvasOf } from '../../../cli/live/canvas';
import { type Controls, footLines } from '../../../cli/live/controls';
import type { Line } from '../../../cli/live/span';

const ALL: Controls = { keys: 'all' };
const text = (lines: readonly Line[]): string[] => lines.map((line) => line.map((span) => span.text).join(''));

function foot(controls: Controls, width: number): string[] {
  return text(footLines(controls, canvasOf(width, { hasColours: false, isUnicode: true })));
}

test('every key stands in the foot, in two lines of 78 cells and in one of 140', () => {
  expect(foot(ALL, 78)).toEqual([
    's stop  k kill  f freeze  w slow  m memory  h health  c crash  z zone',
    'd deploy  b bad deploy  l slow dependency  ? help  q quit',
  ]);
  expect(foot(ALL, 140)).toHaveLength(1);
});

test('what a key has led to stands in place of the keys, and takes as many lines', () => {
  expect(foot({ ...ALL, notice: 'now: 1 task killed' }, 78)).toEqual(['now: 1 task killed', '']);
});

test('there are no keys for faults where nobody takes them, and none at all where nobody can press them', () => {
  expect(foot({ keys: 'quit' }, 78)).toEqual(['? help  q quit']);
  expect(foot({ keys: 'none' }, 78)).toEqual([]);
});
