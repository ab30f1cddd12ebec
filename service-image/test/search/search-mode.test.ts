import { expect, test } from 'vitest';
import { generateCatalogue } from '../../src/catalogue/generated-catalogue.js';
import { createSearch } from '../../src/search/search-mode.js';

test('a sample larger than the catalogue looks at each product once', () => {
  const catalogue = generateCatalogue({ size: 7, seed: 1 });
  const search = createSearch(catalogue, { name: 'sample', sampleSize: 100 });
  expect(search({ term: '', limit: 20, offset: 0 }).total).toBe(7);
});
