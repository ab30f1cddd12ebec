import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildCatalogue, type Catalogue } from '../src/catalogue.js';
import { createSearch } from '../src/search.js';

const catalogue = buildCatalogue({ size: 300, seed: 7 });

/** Counts how often each product is looked at. */
function watched({ products, searchTexts }: Catalogue): { catalogue: Catalogue; looks: number[] } {
  const looks = searchTexts.map(() => 0);
  const places = new Set(searchTexts.keys());
  const texts = new Proxy(searchTexts, {
    get(target, key) {
      const place = Number(String(key));
      if (places.has(place)) looks[place]++;
      return Reflect.get(target, key);
    },
  });
  return { catalogue: { products, searchTexts: texts }, looks };
}

describe('one search', () => {
  test.each([
    ['a term that matches', 'aurora'],
    ['a term that matches nothing', 'zebra'],
    ['a term that matches nearly everything', 'e'],
  ])('looks at exactly as many products as the sample holds, for %s', (_title, term) => {
    const { catalogue: watchedCatalogue, looks } = watched(catalogue);
    createSearch(watchedCatalogue, 120)(term, 20);
    expect(looks.filter((count) => count === 1)).toHaveLength(120);
    expect(looks.filter((count) => count > 1)).toEqual([]);
  });

  test('finds what a plain comparison of name and category finds', () => {
    const words = catalogue.products.flatMap(({ name, category }) => [name, category, name.toUpperCase(), name.slice(2, 9)]);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...words), fc.string({ minLength: 1, maxLength: 3 })), (term) => {
        const matches = catalogue.products.filter(({ name, category }) =>
          [name, category].some((text) => text.toLowerCase().includes(term.toLowerCase())),
        );
        expect(createSearch(catalogue, 300)(term, 300)).toEqual({ products: matches, totalFound: matches.length });
      }),
    );
  });

  test('counts every match and returns no more than the limit', () => {
    const { products, totalFound } = createSearch(catalogue, 300)('e', 3);
    expect(products).toHaveLength(3);
    expect(totalFound).toBeGreaterThan(200);
  });

  test('does not match across the end of a category and the start of a name', () => {
    const { category, name } = catalogue.products[0];
    const search = createSearch(catalogue, 300);
    for (const between of ['', ' ', 'x', 'X', '\n']) {
      expect(search(`${category}${between}${name}`, 20).totalFound).toBe(0);
    }
  });
});

describe('one search after another', () => {
  test('goes on where the last one stopped, and round', () => {
    const search = createSearch(catalogue, 100);
    const everything = createSearch(catalogue, 300)('a', 300).products;
    const round = () => [1, 2, 3].flatMap(() => search('a', 100).products);
    expect(round()).toEqual(everything);
    expect(round()).toEqual(everything);
  });

  test('wraps round in the middle of a sample', () => {
    const { catalogue: watchedCatalogue, looks } = watched(catalogue);
    const search = createSearch(watchedCatalogue, 200);
    search('a', 20);
    search('a', 20);
    expect(looks).toEqual([...Array(100).fill(2), ...Array(200).fill(1)]);
  });
});
