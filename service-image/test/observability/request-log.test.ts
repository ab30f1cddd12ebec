import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { smallApp } from '../small-app.js';

test.each(['info', 'debug'])('at %s a line about a request holds its id and that of its trace', async (level) => {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const app = smallApp({ log: pino({ level }, stream) });
  app.get('/broken', async () => {
    throw new Error('no');
  });
  await app.inject({ url: '/broken', headers: { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' } });
  const failure = lines.find((line) => line['level'] === 50);
  expect(failure).toMatchObject({ reqId: expect.any(String), traceId: '4bf92f3577b34da6a3ce929d0e0e4736', err: { message: 'no' } });
});
