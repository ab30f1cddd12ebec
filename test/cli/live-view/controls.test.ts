import { expect, test } from 'vitest';
import { type Controls, footLines } from '../../../cli/live-view/controls';
import type { StyledText } from '../../../cli/live-view/styled-text';
import { renderContextOf } from '../../../cli/live-view/styled-text';

const ALL: Controls = { keys: 'all' };
const text = (lines: readonly StyledText[]): string[] => lines.map((line) => line.map((styled) => styled.text).join(''));

function foot(controls: Controls, width: number): string[] {
  return text(footLines(controls, renderContextOf(width, { hasColors: false, supportsUnicode: true })));
}

test('every key is in the foot, in two lines of 78 cells and in one of 140', () => {
  expect(foot(ALL, 78)).toEqual([
    's stop  k kill  p pause  w slow  m memory  h health  c crash  z zone  d deploy',
    'b bad deploy  l slow dependency  ? help  q quit',
  ]);
  expect(foot(ALL, 140)).toHaveLength(1);
});

test('the effect of a key replaces the keys, in as many lines', () => {
  expect(foot({ ...ALL, notice: 'now: 1 task killed' }, 78)).toEqual(['now: 1 task killed', '']);
});

test('there are no keys for faults without a handler, and none at all without a keyboard', () => {
  expect(foot({ keys: 'quit' }, 78)).toEqual(['? help  q quit']);
  expect(foot({ keys: 'none' }, 78)).toEqual([]);
});
