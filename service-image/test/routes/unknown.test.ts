import { expect, test } from 'vitest';
import { smallApp } from '../small-app.js';

test.each(['/nope', '/products', '/products/search/', '/HEALTH', '/health/x', '//', '/*a', '/:a', '/(a', '/__proto__'])(
  '%s is not found',
  async (path) => {
    const response = await smallApp().inject(path);
    expect(response.headers['content-type']).toMatch('application/problem+json');
    expect(response.json()).toEqual({ type: 'about:blank', title: 'Not Found', status: 404, detail: `no such path: ${path}` });
  },
);

test.each([
  ['POST', '/'],
  ['POST', '/products/search?q=a'],
  ['PUT', '/health'],
  ['DELETE', '/health'],
  ['PATCH', '/health'],
  ['OPTIONS', '/health'],
] as const)('%s %s is rejected, with the methods that are allowed', async (method, url) => {
  const response = await smallApp().inject({ method, url });
  const detail = `${url.split('?')[0]} takes GET and HEAD only`;
  expect(response.headers.allow).toBe('GET, HEAD');
  expect(response.json()).toEqual({ type: 'about:blank', title: 'Method Not Allowed', status: 405, detail });
});

test.each([
  ['application/json', '{'],
  ['text/plain', 'hello'],
  ['image/png', '\u0000'],
  ['nonsense', 'hello'],
  [';;', 'hello'],
])('a body of %s does not hide that the method is wrong', async (type, payload) => {
  const response = await smallApp().inject({ method: 'POST', url: '/health', headers: { 'content-type': type }, payload });
  expect(response.statusCode).toBe(405);
});

test('HEAD has the headers of GET, without the body', async () => {
  const response = await smallApp().inject({ method: 'HEAD', url: '/health' });
  expect([response.statusCode, response.body]).toEqual([200, '']);
});
