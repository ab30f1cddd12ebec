import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Catalogue, NO_NUMBER } from '../../src/catalogue/catalogue.js';
import { generateCatalogue } from '../../src/catalogue/generated-catalogue.js';
import type { Product } from '../../src/catalogue/product.js';
import { createFullSearch } from '../../src/search/full-search.js';
import { wordsOf } from '../../src/search/words.js';

const catalogue = generateCatalogue({ size: 3000, seed: 7 });
const products = Array.from({ length: catalogue.size }, (_, place) => catalogue.product(place));
const search = createFullSearch(catalogue);

/** A catalogue of nothing but names. */
function named(...names: string[]): Catalogue {
  const lines = names.map((name) => ({ name, category: 'c', description: 'd', brand: 'b' }));
  const places = Uint32Array.from(names.keys());
  return new Catalogue({ lines, lineOf: places, numberOf: places.map(() => NO_NUMBER), ids: places });
}

/** The rule in its plainest words: each piece is part of a word of the product. */
function matches({ name, category, description, brand }: Product, term: string): boolean {
  const words = wordsOf([name, category, description, brand].join(' '));
  return wordsOf(term).every((piece) => words.some((word) => word.includes(piece)));
}

function everything(term: string, from = catalogue): number[] {
  return createFullSearch(from)({ term, limit: from.size, offset: 0 }).places;
}

describe('what is found', () => {
  test('is what a plain comparison of every product finds', () => {
    const words = [...new Set(products.flatMap((product) => Object.values(product).flatMap((value) => wordsOf(String(value)))))];
    const piece = fc.constantFrom(...words).chain((word) => fc.subarray([word, word.slice(1), word.slice(0, 3), word.toUpperCase()]));
    const term = fc.oneof(
      fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.flat().join(' ')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(term, (text) => {
        fc.pre(wordsOf(text).length > 0 && wordsOf(text).length <= 16);
        const expected = [...products.keys()].filter((place) => matches(products[place], text));
        const { places, total } = search({ term: text, limit: 3000, offset: 0 });
        expect(total).toBe(expected.length);
        expect(places.sort((one, other) => one - other)).toEqual(expected);
      }),
    );
  });

  test.each([
    ['the case does not matter', 'AURORA', 'aurora'],
    ['accents do not matter', 'Àuröra', 'aurora'],
    ['the order of words does not matter', 'lamp desk', 'desk lamp'],
    ['what is neither letter nor digit does not matter', ' desk--lamp! ', 'desk lamp'],
    ['a word given twice counts once', 'lamp lamp', 'lamp'],
  ])('%s', (_title, one, other) => {
    expect(everything(one)).toEqual(everything(other));
    expect(everything(one)).not.toEqual([]);
  });

  test('is nothing when the term holds no word', () => {
    expect(search({ term: '%&-', limit: 20, offset: 0 })).toEqual({ places: [], total: 0 });
  });

  test('is the same after any other search', () => {
    const terms = ['aurora', '12', 'e', 'lamp 7', 'zebra', 'granite desk'];
    const alone = terms.map((term) => everything(term));
    expect([...terms, ...terms].map((term) => search({ term, limit: 3000, offset: 0 }).places)).toEqual([...alone, ...alone]);
  });
});

describe('the order', () => {
  test('puts a whole word before the start of one, and that before the inside of one', () => {
    expect(everything('lamp', named('Headlamps', 'Lampshade', 'Desk Lamp', 'Spade'))).toEqual([2, 1, 0]);
  });

  test('puts a name before a brand, a category and a description', () => {
    const base = { name: 'n', brand: 'b', category: 'c', description: 'd' };
    const lines = (['description', 'category', 'brand', 'name'] as const).map((field) => ({ ...base, [field]: 'lamp' }));
    const places = Uint32Array.from(lines.keys());
    const fields = new Catalogue({ lines, lineOf: places, numberOf: places.map(() => NO_NUMBER), ids: places });
    expect(everything('lamp', fields)).toEqual([3, 2, 1, 0]);
  });

  test('is that of the catalogue among equals', () => {
    const places = everything('aurora');
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  test('finds a product by its number first of all', () => {
    expect(products[everything('123')[0]].id).toBe(123);
    const [first] = everything(products[1233].name);
    expect(first).toBe(1233);
  });
});

describe('a page', () => {
  test.each(['e', 'aurora', 'desk', 'aurora desk', '12', 'lamp 1'])('of the matches of %s is what everything holds there', (term) => {
    const whole = everything(term);
    for (const offset of [0, 1, 19, 500, whole.length - 1, whole.length, 1_000_000]) {
      expect(search({ term, limit: 20, offset })).toEqual({ places: whole.slice(offset, offset + 20), total: whole.length });
    }
  });
});
