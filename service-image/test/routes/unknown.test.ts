import { expect, test } from 'vitest';
import { smallApp } from '../small-app.js';

test.each(['/nope', '/products', '/products/search/', '/HEALTH', '/health/x', '//', '/*a', '/:a', '/(a', '/__proto__'])(
  '%s is not found',
  async (path) => {
    const answer = await smallApp().inject(path);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json()).toEqual({ type: 'about:blank', title: 'Not Found', status: 404, detail: `no such path: ${path}` });
  },
);

test.each([
  ['POST', '/'],
  ['POST', '/products/search?q=a'],
  ['PUT', '/health'],
  ['DELETE', '/health'],
  ['PATCH', '/health'],
  ['OPTIONS', '/health'],
] as const)('%s %s is refused, with the methods that are allowed', async (method, url) => {
  const answer = await smallApp().inject({ method, url });
  const detail = `${url.split('?')[0]} takes GET and HEAD only`;
  expect(answer.headers.allow).toBe('GET, HEAD');
  expect(answer.json()).toEqual({ type: 'about:blank', title: 'Method Not Allowed', status: 405, detail });
});

test.each([
  ['application/json', '{'],
  ['text/plain', 'hello'],
  ['image/png', '\u0000'],
  ['nonsense', 'hello'],
  [';;', 'hello'],
])('a body of %s does not hide that the method is wrong', async (type, payload) => {
  const answer = await smallApp().inject({ method: 'POST', url: '/health', headers: { 'content-type': type }, payload });
  expect(answer.statusCode).toBe(405);
});

test('HEAD is answered like GET, without the body', async () => {
  const answer = await smallApp().inject({ method: 'HEAD', url: '/health' });
  expect([answer.statusCode, answer.body]).toEqual([200, '']);
});
