import { expect, test } from 'vitest';
import { Fit, Vocabulary } from '../../src/search/vocabulary.js';

const WORDS = ['lamp', 'lampshade', 'headlamp', '', 'banana', 'a'];

function matching(piece: string): [string, Fit][] {
  const found: [string, Fit][] = [];
  new Vocabulary(WORDS).matching(piece, (word, fit) => found.push([WORDS[word], fit]));
  return found;
}

test.each([
  [
    'lamp',
    [
      ['lamp', Fit.Whole],
      ['lampshade', Fit.Start],
      ['headlamp', Fit.Inside],
    ],
  ],
  ['headlamp', [['headlamp', Fit.Whole]]],
  ['ana', [['banana', Fit.Inside]]],
  ['nana', [['banana', Fit.Inside]]],
  [
    'a',
    [
      ['lamp', Fit.Inside],
      ['lampshade', Fit.Inside],
      ['headlamp', Fit.Inside],
      ['banana', Fit.Inside],
      ['a', Fit.Whole],
    ],
  ],
  ['zebra', []],
] as [string, [string, Fit][]][])('%s is found in each word once, with how it fits', (piece, expected) => {
  expect(matching(piece)).toEqual(expected);
});

test('a vocabulary may be empty', () => {
  new Vocabulary([]).matching('a', () => expect.unreachable());
});
