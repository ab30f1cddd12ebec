import { describe, expect, test } from 'vitest';
import { generateCatalogue } from '../../src/catalogue/generated-catalogue.js';
import type { Product } from '../../src/catalogue/product.js';

function products(size: number, seed = 1): Product[] {
  const catalogue = generateCatalogue({ size, seed });
  return Array.from({ length: catalogue.size }, (_, place) => catalogue.product(place));
}

describe('a generated catalogue', () => {
  test('holds as many products as were asked for, numbered from 1', () => {
    expect(products(500).map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  });

  test('is the same for the same seed and another for another', () => {
    expect(products(50, 1)).toEqual(products(50, 1));
    expect(products(50, 2)).not.toEqual(products(50, 1));
  });

  test('starts with the same products whatever its size', () => {
    expect(products(1000).slice(0, 10)).toEqual(products(10));
  });

  test('names every product once', () => {
    expect(new Set(products(5000).map(({ name }) => name)).size).toBe(5000);
  });

  test.each([
    ['category', 10],
    ['brand', 20],
  ] as const)('spreads its products evenly over every %s', (field, count) => {
    const all = products(20_000);
    const values = [...new Set(all.map((product) => product[field]))];
    const shares = values.map((value) => all.filter((product) => product[field] === value).length / all.length);
    expect(values).toHaveLength(count);
    expect(Math.min(...shares)).toBeGreaterThan(0.9 / count);
    expect(Math.max(...shares)).toBeLessThan(1.1 / count);
  });
});
