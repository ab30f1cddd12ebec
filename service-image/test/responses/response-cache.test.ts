import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ResponseCache } from '../../src/responses/response-cache.js';

const [ONE, TWO] = ['one', 'two'];

describe('a response', () => {
  test('is kept for as long as it may be, and no longer', () => {
    let now = 1000;
    const cache = new ResponseCache({ bytes: 10_000, seconds: 60 }, () => now);
    cache.keep('q=a', ONE);
    now += 59_999;
    expect(cache.find('q=a')).toBe(ONE);
    now += 1;
    expect(cache.find('q=a')).toBeUndefined();
  });

  test('is that of its own query', () => {
    const cache = new ResponseCache({ bytes: 10_000, seconds: 60 });
    cache.keep('q=a', ONE);
    cache.keep('q=b', TWO);
    expect([cache.find('q=a'), cache.find('q=b'), cache.find('q=c')]).toEqual([ONE, TWO, undefined]);
    expect([cache.hits, cache.misses]).toEqual([2, 1]);
  });

  test('stays while it is requested, whatever else is requested', () => {
    const cache = new ResponseCache({ bytes: 5000, seconds: 60 });
    cache.keep('popular', ONE);
    for (let round = 0; round < 500; round++) {
      cache.keep(`q=${round}`, TWO);
      expect(cache.find('popular')).toBe(ONE);
    }
  });

  test('larger than half of the room is not kept', () => {
    const cache = new ResponseCache({ bytes: 5000, seconds: 60 });
    cache.keep('q=a', 'x'.repeat(2500));
    expect(cache.size).toBe(0);
  });
});

test('the room is never exceeded', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.nat(3000))), (responses) => {
      const cache = new ResponseCache({ bytes: 5000, seconds: 60 });
      const kept = new Map<string, number>();
      for (const [query, length] of responses) {
        cache.keep(query, 'x'.repeat(length));
        kept.set(query, length);
        cache.find('');
      }
      const sizes = [...kept].map(([query, length]) => (cache.find(query) === undefined ? 0 : query.length + length));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(5000);
    }),
  );
});

test('a response that is too large for the cache removes the one before', () => {
  const cache = new ResponseCache({ bytes: 5000, seconds: 60 });
  cache.keep('lamp', ONE);
  cache.keep('lamp', 'x'.repeat(3000));
  expect(cache.find('lamp')).toBeUndefined();
});
