import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { RunningService } from '../running-service.js';
import { someServer } from '../some-server.js';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';

test('requests become spans of the trace they belong to, the last of them sent before the end', async () => {
  const sent: string[] = [];
  const collector = await someServer(async (request, response) => {
    sent.push(`${request.url} ${await text(request)}`);
    response.end('{}');
  });
  const service = new RunningService({ OTEL_EXPORTER_OTLP_ENDPOINT: collector, OTEL_SERVICE_NAME: 'shop', DRAIN_SECONDS: '0' });
  const port = await service.port();
  await fetch(`http://127.0.0.1:${port}/products/search?q=a`, {
    headers: { 'x-amzn-trace-id': 'Root=1-4bf92f35-77b34da6a3ce929d0e0e4736' },
  });
  service.signal('SIGTERM');
  expect(await service.exitCode).toBe(0);
  expect(sent.join()).toMatch(/^\/v1\/traces /);
  for (const part of [ID, 'GET /products/search', '"shop"', 'http.response.status_code']) expect(sent.join()).toContain(part);
});
