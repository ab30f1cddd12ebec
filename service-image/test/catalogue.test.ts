import { describe, expect, test } from 'vitest';
import { buildCatalogue } from '../src/catalogue.js';

describe('a catalogue', () => {
  test('holds as many products as were asked for, numbered from 1', () => {
    const { products } = buildCatalogue({ size: 500, seed: 1 });
    expect(products.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  });

  test('is the same for the same seed and another for another', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => buildCatalogue({ size: 50, seed }));
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  test('starts with the same products whatever its size', () => {
    const [small, large] = [10, 1000].map((size) => buildCatalogue({ size, seed: 1 }));
    expect(large.products.slice(0, 10)).toEqual(small.products);
  });

  test('names every product once', () => {
    const { products } = buildCatalogue({ size: 5000, seed: 1 });
    expect(new Set(products.map(({ name }) => name)).size).toBe(5000);
  });

  test.each([
    ['category', 10],
    ['brand', 20],
  ] as const)('spreads its products evenly over every %s', (field, count) => {
    const { products } = buildCatalogue({ size: 20_000, seed: 1 });
    const values = [...new Set(products.map((product) => product[field]))];
    const shares = values.map((value) => products.filter((product) => product[field] === value).length / products.length);
    expect(values).toHaveLength(count);
    expect(Math.min(...shares)).toBeGreaterThan(0.9 / count);
    expect(Math.max(...shares)).toBeLessThan(1.1 / count);
  });

  test('keeps one search text for every product, lower-cased name and category in it', () => {
    const { products, searchTexts } = buildCatalogue({ size: 500, seed: 1 });
    expect(searchTexts).toHaveLength(500);
    for (const [place, { name, category }] of products.entries()) {
      expect(searchTexts[place]).toContain(name.toLowerCase());
      expect(searchTexts[place]).toContain(category.toLowerCase());
    }
  });
});
