import { expect, test } from 'vitest';
import { wordsOf } from '../../src/search/words.js';

test.each([
  ['Desk Lamp 12', ['desk', 'lamp', '12']],
  ['T-shirt, "blue"', ['t', 'shirt', 'blue']],
  ['Crème brûlée', ['crème', 'brûlée']],
  ['木製 ランプ', ['木製', 'ランプ']],
  ['\u0000\n-', []],
  ['', []],
])('%j holds %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});
