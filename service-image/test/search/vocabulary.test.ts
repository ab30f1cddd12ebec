import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fit, Vocabulary } from '../../src/search/vocabulary.js';

const WORDS = ['lamp', 'lampshade', 'headlamp', '', 'banana', 'a'];

function matching(piece: string): [string, Fit][] {
  const found: [string, Fit][] = [];
  Vocabulary.of(WORDS).matching(piece, (word, fit) => found.push([WORDS[word], fit]));
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

test('numbers are found as their digits are', () => {
  const numbers = [0, 7, 10, 99, 100, 999_999_999, 4_294_967_294];
  fc.assert(
    fc.property(fc.constantFrom('0', '9', '10', '99', '429', '7', '5'), (piece) => {
      const [asNumbers, asWords]: [number, Fit][][] = [[], []];
      Vocabulary.ofNumbers(Uint32Array.of(5, ...numbers), 5).matching(piece, (word, fit) => asNumbers.push([word, fit]));
      Vocabulary.of(['', ...numbers.map(String)]).matching(piece, (word, fit) => asWords.push([word, fit]));
      expect(asNumbers).toEqual(asWords);
    }),
  );
});

test('a vocabulary may be empty', () => {
  Vocabulary.of([]).matching('a', () => expect.unreachable());
});
