import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestPathsOf } from '../../../cli/options/path-option';

test.each<[readonly string[] | undefined, readonly string[] | undefined]>([
  [undefined, undefined],
  [['/a'], ['/a']],
  [
    ['/a', '/b?x=3'],
    ['/a', '/b?x=3'],
  ],
  [
    ['/a weight 3', '/b'],
    ['/a', '/a', '/b', '/a'],
  ],
  [
    ['/a weight 50', '/b weight 100'],
    ['/b', '/a', '/b'],
  ],
])('%j is requested as %j', (path, requested) => {
  expect(requestPathsOf({ path })).toEqual(requested);
});

test('each path is requested as often as its weight says', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(weights, (each) => {
      const requested = requestPathsOf({ path: each.map((weight, index) => `/${index} weight ${weight}`) })!;
      const counts = each.map((_, index) => requested.filter((path) => path === `/${index}`).length);
      expect(counts.map((count) => count / requested.length)).toEqual(
        each.map((weight) => expect.closeTo(weight / each.reduce((sum, other) => sum + other), 9)),
      );
    }),
  );
});

test.each([
  ['cart', "--path must start with '/', got 'cart'"],
  ['/a b', "--path must be a path, or one with a weight, as in '/cart weight 3', got '/a b'"],
  ['/a weight 0', "the weight of --path /a must be a whole number from 1 to 100, got '0'"],
  ['/a weight x', "got 'x'"],
])('%s is an error', (path, message) => {
  expect(() => requestPathsOf({ path: [path] })).toThrow(message);
});
