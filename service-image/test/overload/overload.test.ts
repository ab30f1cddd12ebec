import { expect, test } from 'vitest';
import { RawConnection } from '../raw-connection.js';
import { RunningService } from '../running-service.js';

const SEARCH = 'GET /products/search?q=a HTTP/1.1\r\nHost: a\r\n\r\n';
const HEALTH = 'GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

test('a service with more to do than it can refuses at once, stays healthy, and takes searches again when it is done', async () => {
  const service = new RunningService({ CATALOGUE_SIZE: '100000', SAMPLE_SIZE: '100000', MAX_EVENT_LOOP_DELAY_MS: '100' });
  const connection = await RawConnection.open(await service.port());
  connection.send(SEARCH.repeat(400) + HEALTH);
  const answers = (await connection.end()).split('HTTP/1.1 ').slice(1);
  const refused = answers.filter((answer) => answer.startsWith('503'));
  expect(answers).toHaveLength(401);
  expect(answers[0]).toMatch(/^200 /);
  expect(answers[400]).toContain('{"status":"healthy"}');
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused) expect(answer).toMatch(/\r\nretry-after: 1\r\n.*"status":503/s);
  const later: number[] = [];
  const searchAgain = async (): Promise<number> => {
    later.push((await service.fetch('/products/search?q=a')).status);
    return later.at(-1)!;
  };
  await expect.poll(searchAgain, { timeout: 20_000 }).toBe(200);
  const refusals = refused.length + later.filter((status) => status === 503).length;
  expect(await (await service.fetch('/metrics')).text()).toContain(`http_requests_refused_total ${refusals}\n`);
});
