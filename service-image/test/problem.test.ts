import { expect, test } from 'vitest';
import { smallApp } from './small-app.js';

test('the response to an unexpected error has no details of it', async () => {
  const app = smallApp();
  app.get('/broken', async () => {
    throw new Error('the password is swordfish');
  });
  const response = await app.inject('/broken');
  expect(response.headers['content-type']).toMatch('application/problem+json');
  expect(response.json()).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'an unexpected error occurred',
  });
});
