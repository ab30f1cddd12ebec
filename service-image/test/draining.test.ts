import { pino } from 'pino';
import { expect, test } from 'vitest';
import { Draining } from '../src/draining.js';
import { smallApp } from './small-app.js';

test('begins when the service is told to stop, and not before', async () => {
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

test('searches are answered until the end', async () => {
  const answer = await smallApp({ isDraining: () => true }).inject('/products/search?q=a');
  expect(answer.statusCode).toBe(200);
});
