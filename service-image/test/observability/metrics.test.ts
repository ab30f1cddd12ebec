import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { smallApp } from '../small-app.js';

const LINE = /^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{[^}]+\})? [\d.e+-]+)$/;

test('metrics are lines that Prometheus reads, and count requests by route and status class', async () => {
  const app = smallApp();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  for (const path of ['/products/search?q=a', '/products/search?q=a', '/products/search', '/unknown-1', '/unknown-2']) {
    await (await fetch(base + path)).text();
  }
  const lines = (await (await fetch(`${base}/metrics`)).text()).trimEnd().split('\n');
  expect(lines.filter((line) => !LINE.test(line))).toEqual([]);
  expect(lines).toEqual(
    expect.arrayContaining([
      'http_request_duration_seconds_count{route="/products/search",status="2xx"} 2',
      'http_request_duration_seconds_count{route="/products/search",status="4xx"} 1',
      'http_request_duration_seconds_count{route="other",status="4xx"} 2',
      'response_cache_hits_total 1',
    ]),
  );
  for (const name of ['nodejs_eventloop_delay_seconds', 'nodejs_heap_used_bytes', 'http_requests_rejected_total']) {
    expect(lines.some((line) => line.startsWith(`${name} `))).toBe(true);
  }
});
