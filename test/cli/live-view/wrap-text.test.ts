import { expect, test } from 'vitest';
import { wrap } from '../../../cli/live-view/wrap-text';

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['one two three', 3, ['one', 'two', 'three']],
  // what was 300 seconds is not 300 at the end of a line.
  ['slow for 300 s, at 50 % of it', 12, ['slow for', '300 s, at', '50 % of it']],
  ['200 ms more', 5, ['200 ms', 'more']],
  ['2 stopped', 3, ['2', 'stopped']],
])('%s in %d cells', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});
