import { expect, onTestFinished, test, vi } from 'vitest';
import { ExternalTraffic } from '../../rehearsal/rehearsal-traffic';
import { RequestLog } from '../../rehearsal/request-log/request-log';
import { eventually } from './eventually';
import { registered, startBalancer } from './load-balancer/balanced';
import { RawClient } from './load-balancer/raw-client';
import { serve } from './small-server';

test('records an outage while all requests wait', async () => {
  const balancer = await startBalancer();
  await registered(balancer, [await serve(() => {})]);
  const traffic = new ExternalTraffic(balancer.requestLog);
  onTestFinished(() => traffic.stop());
  new RawClient(balancer.url).send('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
  let outageSeconds = 0;
  await eventually(() => {
    outageSeconds += traffic.client.takeMeasurements().outageSeconds;
    return outageSeconds;
  }).toBeGreaterThan(0);
});

test('a second of an outage counts once for any number of readers, and not after the end', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const log = new RequestLog(RequestLog.allocateMemory());
  const traffic = new ExternalTraffic(log);
  const readers = [traffic.createReader(), traffic.createReader()];
  log.recordRequest();
  // the request arrives during the first second, so it waits through only the next two.
  vi.advanceTimersByTime(3000);
  await traffic.stop();
  vi.advanceTimersByTime(3000);
  expect([traffic.client, ...readers].map((client) => client.takeMeasurements().outageSeconds)).toEqual([2, 2, 2]);
});
