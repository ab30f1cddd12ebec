import { expect, test } from 'vitest';
import { wordsOf } from '../../src/search/words.js';

test.each([
  ['Desk Lamp 12', ['desk', 'lamp', '12']],
  ['T-shirt, "blue"', ['t', 'shirt', 'blue']],
  ['Crème BRÛLÉE', ['creme', 'brulee']],
  ['Crème', ['creme']],
  ['Straße STRASSE', ['strasse', 'strasse']],
  ['Smørrebrød Œuvre Łódź', ['smorrebrod', 'oeuvre', 'lodz']],
  ['ΟΔΟΣ οδός', ['οδοσ', 'οδοσ']],
  ['ﬁne Ｌａｍｐ', ['fine', 'lamp']],
  ['がき 한국', ['がき', '한국']],
  ['हिन्दी', ['हिन्दी']],
  ['木製 ランプ', ['木製', 'ランプ']],
  ['\u0000\n-', []],
  ['', []],
])('%j holds %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});
