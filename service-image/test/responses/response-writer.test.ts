import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Catalogue, NO_NUMBER } from '../../src/catalogue/catalogue.js';
import { decimal } from '../../src/responses/decimal.js';
import { ResponseWriter } from '../../src/responses/response-writer.js';

const line = { name: 'A "quoted"\u2028 näme \ud83d', category: 'c\\', description: 'd\n', brand: '' };
const catalogue = new Catalogue({
  lines: [line],
  lineOf: Uint32Array.of(0, 0),
  numberOf: Uint32Array.of(7, NO_NUMBER),
  ids: Uint32Array.of(3, 4),
});

/** What a client reads of a response. */
function read(response: string): unknown {
  return JSON.parse(Buffer.from(response, 'latin1').toString());
}

test('a response has whole products, whatever their texts', () => {
  const writer = new ResponseWriter(catalogue);
  const response = writer.write({ places: [1, 0], total: 9 }, 0.125);
  const products = [catalogue.product(1), catalogue.product(0)];
  expect(read(response)).toEqual({ products, total_found: 9, search_time: '0.13 ms' });
  expect(catalogue.product(0)).toEqual({ ...line, id: 3, name: `${line.name} 7` });
  expect(writer.idsIn(response)).toEqual([4, 3]);
  expect(read(writer.addPrices(response, { 4: 9.5, ä: 1 }))).toMatchObject({ products, prices: { 4: 9.5, ä: 1 } });
});

test('a response without products is empty', () => {
  expect(read(new ResponseWriter(catalogue).write({ places: [], total: 0 }, 0))).toEqual({
    products: [],
    total_found: 0,
    search_time: '0.00 ms',
  });
});

test('numbers are written as the engine writes them', () => {
  fc.assert(fc.property(fc.oneof(fc.nat(2000), fc.nat(2 ** 32 - 1)), (number) => decimal(number) === String(number)));
});
