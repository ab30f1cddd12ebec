import { expect, test } from 'vitest';
import { smallApp } from '../small-app.js';

test('every endpoint of the description is documented, and responds', async () => {
  const app = smallApp();
  const { endpoints } = (await app.inject('/')).json();
  const { openapi, paths } = (await app.inject('/docs')).json();
  expect(openapi).toBe('3.1.0');
  expect(Object.keys(paths).sort()).toEqual(endpoints.map((endpoint: string) => endpoint.split(/[ ?]/)[1]).sort());
  for (const path of Object.keys(paths)) expect((await app.inject(`${path}?q=a`)).statusCode).toBe(200);
});
