import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateCatalogue } from '../../src/catalogue/generated-catalogue.js';
import { createSampleSearch, sampleTexts } from '../../src/search/sample-search.js';

const catalogue = generateCatalogue({ size: 300, seed: 7 });
const products = Array.from({ length: 300 }, (_, place) => catalogue.product(place));
const texts = sampleTexts(catalogue);
const all = (term: string) => ({ term, limit: 300, offset: 0 });

/** Counts how often each product is looked at. */
function watched(): { texts: string[]; looks: number[] } {
  const looks = texts.map(() => 0);
  const places = new Set(texts.keys());
  const proxy = new Proxy(texts, {
    get(target, key) {
      const place = Number(String(key));
      if (places.has(place)) looks[place]++;
      return Reflect.get(target, key);
    },
  });
  return { texts: proxy, looks };
}

describe('one search', () => {
  test.each([
    ['a term that matches', 'aurora'],
    ['a term that matches nothing', 'zebra'],
    ['a term that matches nearly everything', 'e'],
  ])('looks at exactly as many products as the sample holds, for %s', (_title, term) => {
    const { texts: watchedTexts, looks } = watched();
    createSampleSearch(watchedTexts, 120)({ term, limit: 20, offset: 0 });
    expect(looks.filter((count) => count === 1)).toHaveLength(120);
    expect(looks.filter((count) => count > 1)).toEqual([]);
  });

  test('finds what a plain comparison of name and category finds', () => {
    const words = products.flatMap(({ name, category }) => [name, category, name.toUpperCase(), name.slice(2, 9)]);
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...words), fc.string({ minLength: 1, maxLength: 3 })), (term) => {
        const matches = [...products.keys()].filter((place) =>
          [products[place].name, products[place].category].some((text) => text.toLowerCase().includes(term.toLowerCase())),
        );
        expect(createSampleSearch(texts, 300)(all(term))).toEqual({ places: matches, total: matches.length });
      }),
    );
  });

  test('counts every match and returns no more than the limit, from the offset on', () => {
    const everything = createSampleSearch(texts, 300)(all('e'));
    const { places, total } = createSampleSearch(texts, 300)({ term: 'e', limit: 3, offset: 5 });
    expect(places).toEqual(everything.places.slice(5, 8));
    expect(total).toBe(everything.total);
  });

  test('does not match across the end of a category and the start of a name', () => {
    const { category, name } = products[0];
    const search = createSampleSearch(texts, 300);
    for (const between of ['', ' ', 'x', 'X', '\n']) {
      expect(search(all(`${category}${between}${name}`)).total).toBe(0);
    }
  });
});

describe('one search after another', () => {
  test('goes on where the last one stopped, and round', () => {
    const search = createSampleSearch(texts, 100);
    const everything = createSampleSearch(texts, 300)(all('a')).places;
    const round = () => [1, 2, 3].flatMap(() => search(all('a')).places);
    expect(round()).toEqual(everything);
    expect(round()).toEqual(everything);
  });

  test('wraps round in the middle of a sample', () => {
    const { texts: watchedTexts, looks } = watched();
    const search = createSampleSearch(watchedTexts, 200);
    search(all('a'));
    search(all('a'));
    expect(looks).toEqual([...Array(100).fill(2), ...Array(200).fill(1)]);
  });
});
