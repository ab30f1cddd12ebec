import { expect, test } from 'vitest';
import { RawConnection } from '../raw-connection.js';
import { RunningService } from '../running-service.js';

const SEARCH = 'GET /products/search?q=a HTTP/1.1\r\nHost: a\r\n\r\n';
const HEALTH = 'GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';

test('an overloaded service rejects at once, stays healthy, and accepts searches again when it is done', async () => {
  const service = new RunningService({ CATALOGUE_SIZE: '100000', SAMPLE_SIZE: '100000', MAX_EVENT_LOOP_DELAY_MS: '1000' });
  const statuses: number[] = [];
  const search = async (): Promise<number> => {
    statuses.push((await service.fetch('/products/search?q=a')).status);
    return statuses.at(-1)!;
  };
  // on a busy machine it is overloaded by its own start.
  await expect.poll(search, { timeout: 20_000 }).toBe(200);
  let rejections = 0;
  // as many searches at once as this machine needs to be overloaded.
  for (let count = 400, hasRejected = false; !hasRejected; count *= 2) {
    const connection = await RawConnection.open(await service.port());
    connection.send(SEARCH.repeat(count) + HEALTH);
    const responses = (await connection.end()).split('HTTP/1.1 ').slice(1);
    const rejected = responses.filter((response) => response.startsWith('503'));
    expect(responses).toHaveLength(count + 1);
    expect(responses.at(-1)).toContain('{"status":"healthy"}');
    for (const response of rejected) expect(response).toMatch(/\r\nretry-after: 1\r\n.*"status":503/s);
    rejections += rejected.length;
    // a busy machine may have been overloaded before the first search.
    hasRejected = rejected.length > 0 && responses[0]!.startsWith('200 ');
    await expect.poll(search, { timeout: 20_000 }).toBe(200);
  }
  rejections += statuses.filter((status) => status === 503).length;
  expect(await (await service.fetch('/metrics')).text()).toContain(`http_requests_rejected_total ${rejections}\n`);
});
