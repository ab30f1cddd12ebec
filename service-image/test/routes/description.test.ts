import { expect, test } from 'vitest';
import { smallApp } from '../small-app.js';

test('says what the service is and what a request costs', async () => {
  const response = await smallApp({ mode: { name: 'sample', sampleSize: 100 } }).inject('/');
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({
    name: 'search-service',
    endpoints: expect.arrayContaining(['GET /health', 'GET /products/search?q=&limit=&offset=']),
    catalogue_size: 200,
    search_mode: 'sample',
    sample_size: 100,
  });
});
