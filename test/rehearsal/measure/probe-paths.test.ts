import { expect, test } from 'vitest';
import { unusualResponses } from '../../../rehearsal/measure/probe-paths';
import { serve } from '../small-server';

test('reports redirects and errors of the client, once for each path', async () => {
  const { url } = await serve(({ url: path }, response) => {
    response.writeHead({ '/gone': 404, '/moved': 302, '/broken': 503 }[path ?? ''] ?? 200).end();
  });
  // the load reports errors of the server.
  expect(await unusualResponses(url, ['/gone', '/', '/broken', '/moved', '/gone'], 5)).toEqual([
    { path: '/gone', statusCode: 404 },
    { path: '/moved', statusCode: 302 },
  ]);
});

test('a path that does not respond in time is left to the load', async () => {
  const { url } = await serve(() => {});
  expect(await unusualResponses(url, ['/'], 0.1)).toEqual([]);
});
