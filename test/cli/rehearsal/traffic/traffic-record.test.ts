import { expect, test } from 'vitest';
import { bucketOf } from '../../../../cli/rehearsal/traffic/latency-histogram';
import { countsBetween, TrafficRecord } from '../../../../cli/rehearsal/traffic/traffic-record';
import { NO_FAILURES } from '../../../../src/scenario/failures';

test('shows to everyone who shares its memory what has been counted', () => {
  const memory = TrafficRecord.memory();
  const written = new TrafficRecord(memory);
  const seen = new TrafficRecord(memory);
  written.answer(0.25);
  written.answer(0.5);
  written.failure('HTTP 502');
  const { answered, failures, latencySeconds, buckets } = seen.read();
  expect({ answered, latencySeconds }).toEqual({ answered: 2, latencySeconds: 0.75 });
  expect(failures).toEqual({ ...NO_FAILURES, 'HTTP 502': 1 });
  expect(buckets[bucketOf(0.25)]).toBe(1);
});

test('tells what was counted between two readings', () => {
  const record = new TrafficRecord(TrafficRecord.memory());
  record.answer(0.25);
  const before = record.read();
  record.answer(0.5);
  record.failure('other');
  const { answered, failures, latencySeconds, buckets } = countsBetween(before, record.read());
  expect({ answered, latencySeconds }).toEqual({ answered: 1, latencySeconds: 0.5 });
  expect(failures).toEqual({ ...NO_FAILURES, other: 1 });
  expect([buckets[bucketOf(0.25)], buckets[bucketOf(0.5)]]).toEqual([0, 1]);
});

test('a reading stays as it was read', () => {
  const record = new TrafficRecord(TrafficRecord.memory());
  const before = record.read();
  record.answer(0.001);
  expect(before.buckets[bucketOf(0.001)]).toBe(0);
  expect(record.read().answered).toBe(1);
});

test('what was asked is what was sent, is due, or will never be sent', () => {
  const record = new TrafficRecord(TrafficRecord.memory());
  for (let request = 0; request < 5; request += 1) record.question();
  record.setDue(3);
  expect(record.read()).toMatchObject({ sent: 5, asked: 8 });
  record.setDue(0);
  record.unsent(2);
  expect(record.read()).toMatchObject({ sent: 5, asked: 7 });
});

test('lateness is counted apart from latency', () => {
  const record = new TrafficRecord(TrafficRecord.memory());
  record.late(0.25);
  const { buckets, lateBuckets } = record.read();
  expect(lateBuckets[bucketOf(0.25)]).toBe(1);
  expect(buckets.every((count) => count === 0)).toBe(true);
});
