import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Draining } from '../src/draining.js';
import { smallApp } from './small-app.js';

test('begins with SIGTERM, and not before', async () => {
  const draining = new Draining(pino({ level: 'silent' }));
  expect(draining.hasBegun()).toBe(false);
  const done = draining.run(smallApp(), 0);
  expect(draining.hasBegun()).toBe(true);
  await done;
});

test.each(['/', '/health', '/products/search?q=a', '/products/search', '/nope'])('%s asks the client to connect anew', async (url) => {
  const [staying, leaving] = [smallApp(), smallApp({ isDraining: () => true })];
  expect((await staying.inject(url)).headers.connection).not.toBe('close');
  expect((await leaving.inject(url)).headers.connection).toBe('close');
});

test('searches are served until the end', async () => {
  const response = await smallApp({ isDraining: () => true }).inject('/products/search?q=a');
  expect(response.statusCode).toBe(200);
});
