import { expect, onTestFinished, test, vi } from 'vitest';
import { ExternalTraffic } from '../../../../cli/rehearsal/traffic/external-traffic';
import { TrafficRecord } from '../../../../cli/rehearsal/traffic/traffic-record';
import { eventually } from '../eventually';
import { registered, startBalancer } from '../load-balancer/balanced';
import { RawClient } from '../load-balancer/raw-client';
import { serve } from '../small-server';

test('notices a second in which all who ask wait', async () => {
  const balancer = await startBalancer();
  await registered(balancer, [await serve(() => {})]);
  const traffic = new ExternalTraffic(balancer.record);
  onTestFinished(() => traffic.stop());
  new RawClient(balancer.url).send('GET / HTTP/1.1\r\nHost: shop\r\n\r\n');
  let outageSeconds = 0;
  await eventually(() => {
    outageSeconds += traffic.client.takeReading().outageSeconds;
    return outageSeconds;
  }).toBeGreaterThan(0);
});

test('a second of an outage counts once, however many watch, and not after the end', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const record = new TrafficRecord(TrafficRecord.memory());
  const traffic = new ExternalTraffic(record);
  const watchers = [traffic.watcher(), traffic.watcher()];
  record.question();
  // the request comes in during the first second, so that only the next two were waited through.
  vi.advanceTimersByTime(3000);
  await traffic.stop();
  vi.advanceTimersByTime(3000);
  expect([traffic.client, ...watchers].map((client) => client.takeReading().outageSeconds)).toEqual([2, 2, 2]);
});
