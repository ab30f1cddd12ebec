import { expect, test } from 'vitest';
import { smallApp } from './small-app.js';

test('an unexpected error is answered without its details', async () => {
  const app = smallApp();
  app.get('/broken', async () => {
    throw new Error('the password is swordfish');
  });
  const answer = await app.inject('/broken');
  expect(answer.headers['content-type']).toMatch('application/problem+json');
  expect(answer.json()).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'the service failed to answer this request',
  });
});
