import { expect, test } from 'vitest';
import { serverAdvice } from '../../../cli/check/server-advice';
import { knownServer } from '../../../src/servers/known-servers';

test.each([
  ['granian', 'HTTP1Settings(header_read_timeout=125000)'],
  ['daphne', 'uvicorn --timeout-keep-alive 125'],
])('%s has no number that an idle timeout of 120 s makes wrong', (name, setting) => {
  expect(serverAdvice(knownServer(name), { idleTimeoutSeconds: 120 }).keepAlive).toContain(setting);
});

test('a keep-alive timeout in any advice is 5 s above the idle timeout of the load balancer', () => {
  const { keepAlive, completeRequests } = serverAdvice(knownServer('Flask'), { idleTimeoutSeconds: 120 });
  for (const advice of [keepAlive, completeRequests]) expect(advice).toMatch(/gunicorn .* --keep-alive 125\b/);
});
