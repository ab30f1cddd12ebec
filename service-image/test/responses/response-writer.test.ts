import { expect, test } from 'vitest';
import { Catalogue, NO_NUMBER } from '../../src/catalogue/catalogue.js';
import { ResponseWriter } from '../../src/responses/response-writer.js';

const line = { name: 'A "quoted"\u2028 näme \ud83d', category: 'c\\', description: 'd\n', brand: '' };
const catalogue = new Catalogue({
  lines: [line],
  lineOf: Uint32Array.of(0, 0),
  numberOf: Uint32Array.of(7, NO_NUMBER),
  ids: Uint32Array.of(3, 4),
});

test('a response has whole products, whatever their texts', () => {
  expect(JSON.parse(String(new ResponseWriter(catalogue).write({ places: [1, 0], total: 9 }, 0.125)))).toEqual({
    products: [catalogue.product(1), catalogue.product(0)],
    total_found: 9,
    search_time: '0.13 ms',
  });
  expect(catalogue.product(0)).toEqual({ ...line, id: 3, name: `${line.name} 7` });
});
