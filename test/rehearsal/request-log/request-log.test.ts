import { expect, test } from 'vitest';
import { bucketOf } from '../../../rehearsal/request-log/latency-histogram';
import { countsBetween, RequestLog } from '../../../rehearsal/request-log/request-log';
import { NO_FAILURES } from '../../../src/run/failures';

test('logs that share memory read the same counts', () => {
  const memory = RequestLog.allocateMemory();
  const writer = new RequestLog(memory);
  const reader = new RequestLog(memory);
  writer.recordServed(0.25);
  writer.recordServed(0.5);
  writer.recordFailure('HTTP 502');
  const { servedCount, failures, latencySeconds, latencyBuckets } = reader.read();
  expect({ servedCount, latencySeconds }).toEqual({ servedCount: 2, latencySeconds: 0.75 });
  expect(failures).toEqual({ ...NO_FAILURES, 'HTTP 502': 1 });
  expect(latencyBuckets[bucketOf(0.25)]).toBe(1);
});

test('returns the counts between two snapshots', () => {
  const log = new RequestLog(RequestLog.allocateMemory());
  log.recordServed(0.25);
  const before = log.read();
  log.recordServed(0.5);
  log.recordFailure('other');
  const { servedCount, failures, latencySeconds, latencyBuckets } = countsBetween(before, log.read());
  expect({ servedCount, latencySeconds }).toEqual({ servedCount: 1, latencySeconds: 0.5 });
  expect(failures).toEqual({ ...NO_FAILURES, other: 1 });
  expect([latencyBuckets[bucketOf(0.25)], latencyBuckets[bucketOf(0.5)]]).toEqual([0, 1]);
});

test('a reading does not change', () => {
  const log = new RequestLog(RequestLog.allocateMemory());
  const before = log.read();
  log.recordServed(0.001);
  expect(before.latencyBuckets[bucketOf(0.001)]).toBe(0);
  expect(log.read().servedCount).toBe(1);
});

test('due requests are those that were sent, that wait to be sent, and that will never be sent', () => {
  const log = new RequestLog(RequestLog.allocateMemory());
  for (let request = 0; request < 5; request += 1) log.recordRequest();
  log.setDue(3);
  expect(log.read()).toMatchObject({ sentCount: 5, dueCount: 8 });
  log.setDue(0);
  log.recordUnsent(2);
  expect(log.read()).toMatchObject({ sentCount: 5, dueCount: 7 });
});

test('lateness and latency are counted separately', () => {
  const log = new RequestLog(RequestLog.allocateMemory());
  log.recordLateness(0.25);
  const { latencyBuckets, latenessBuckets } = log.read();
  expect(latenessBuckets[bucketOf(0.25)]).toBe(1);
  expect(latencyBuckets.every((count) => count === 0)).toBe(true);
});
