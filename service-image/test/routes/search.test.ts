import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallApp } from '../small-app.js';

const PATH = '/products/search';
const Q = 'q must be given once, with 1 to 200 characters that are not all spaces';
const OFFSET = 'offset must be a whole number from 0 to 1000000, given once';
const LIMIT = 'limit must be a whole number from 1 to 20, given once';

describe('a response', () => {
  test('holds the matches, their number and the time it took', async () => {
    const { products, ...rest } = (await smallApp().inject(`${PATH}?q=AURORA&limit=1`)).json();
    expect(products).toEqual([
      {
        id: expect.any(Number),
        name: expect.stringMatching(/^Aurora [A-Z]/),
        category: expect.any(String),
        description: expect.stringMatching(/ by Aurora, .*\.$/),
        brand: 'Aurora',
      },
    ]);
    expect(rest).toEqual({ total_found: expect.any(Number), search_time: expect.stringMatching(/^\d+\.\d\d ms$/) });
  });

  test.each([
    ['', 20],
    ['&limit=1', 1],
    ['&limit=20', 20],
  ])('to q=e%s holds %d products', async (rest, count) => {
    const response = (await smallApp().inject(`${PATH}?q=e${rest}`)).json();
    expect(response.products).toHaveLength(count);
    expect(response.total_found).toBeGreaterThan(20);
  });

  test('to an offset goes on where the page before it ended', async () => {
    const app = smallApp();
    const page = async (rest: string) => (await app.inject(`${PATH}?q=e${rest}`)).json().products;
    expect([...(await page('&limit=5')), ...(await page('&limit=5&offset=5'))]).toEqual(await page('&limit=10'));
  });

  test('without a match is empty', async () => {
    const response = await smallApp().inject(`${PATH}?q=zebra`);
    expect([response.statusCode, response.json()]).toMatchObject([200, { products: [], total_found: 0 }]);
  });

  test('in sample mode counts matches in the sample only', async () => {
    const response = (await smallApp({ mode: { name: 'sample', sampleSize: 1 } }).inject(`${PATH}?q=e`)).json();
    expect(response.total_found).toBeLessThanOrEqual(1);
  });
});

test.each([
  ['', `${Q}, got nothing`],
  ['?', `${Q}, got nothing`],
  ['?q=', `${Q}, got ''`],
  ['?q=+', `${Q}, got ' '`],
  ['?q=%09%0a', `${Q}, got '\\t\\n'`],
  ['?q=a&q=b', `${Q}, got [ 'a', 'b' ]`],
  [`?q=${'a'.repeat(201)}`, `${Q}, got '${'a'.repeat(40)}'... 161 more characters`],
  ['?q=a&limit=0', `${LIMIT}, got '0'`],
  ['?q=a&limit=-1', `${LIMIT}, got '-1'`],
  ['?q=a&limit=21', `${LIMIT}, got '21'`],
  ['?q=a&limit=1e9', `${LIMIT}, got '1e9'`],
  ['?q=a&limit=2.5', `${LIMIT}, got '2.5'`],
  ['?q=a&limit=abc', `${LIMIT}, got 'abc'`],
  ['?q=a&limit=', `${LIMIT}, got ''`],
  ['?q=a&limit=1&limit=2', `${LIMIT}, got [ '1', '2' ]`],
  ['?q=a&offset=-1', `${OFFSET}, got '-1'`],
  ['?q=a&offset=1000001', `${OFFSET}, got '1000001'`],
  ['?limit=abc', `${Q}, got nothing; ${LIMIT}, got 'abc'`],
])('rejects %s', async (query, detail) => {
  const response = await smallApp().inject(`${PATH}${query}`);
  expect(response.statusCode).toBe(400);
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect(response.json()).toEqual({ type: 'about:blank', title: 'Bad Request', status: 400, detail });
});

describe('any query', () => {
  test('a term of 1 to 200 characters that are not all spaces is accepted and any other rejected', async () => {
    const app = smallApp();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 250, size: 'max' }), async (term) => {
        const characters = [...term].length;
        const response = await app.inject({ url: PATH, query: { q: term } });
        expect(response.statusCode).toBe(term.trim() !== '' && characters <= 200 ? 200 : 400);
      }),
    );
  });

  test('no query is an error of the service', async () => {
    const app = smallApp();
    const pieces = fc.constantFrom(...'q= limit= & = % %zz %ff %00 + [] [a] __proto__ # ; ? é 20'.split(' '));
    const query = fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 12 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(query, async (text) => {
        expect((await app.inject(`${PATH}?${text}`)).statusCode).toBeOneOf([200, 400]);
      }),
      { numRuns: 500 },
    );
  });
});
