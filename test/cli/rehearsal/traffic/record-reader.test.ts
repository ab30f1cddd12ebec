import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { RecordReader } from '../../../../cli/rehearsal/traffic/record-reader';
import { TrafficRecord } from '../../../../cli/rehearsal/traffic/traffic-record';
import { failedCount } from '../../../../src/scenario/failures';

test('reads what was counted since the reading before, with the latencies in milliseconds', () => {
  const record = new TrafficRecord(TrafficRecord.memory());
  const reader = new RecordReader(record);
  record.question();
  record.late(0.002);
  record.answer(0.25);
  const { requests, servedRequests, latencySeconds, p50Millis, lateMillis } = reader.take();
  expect({ requests, servedRequests, latencySeconds }).toEqual({ requests: 1, servedRequests: 1, latencySeconds: 0.25 });
  expect(p50Millis! / 250).toBeCloseTo(1, 1);
  expect(lateMillis! / 2).toBeCloseTo(1, 1);
  expect(reader.take()).toMatchObject({ requests: 0, servedRequests: 0, latencySeconds: 0, p50Millis: undefined, lateMillis: undefined });
});

test('at each reading, all that was sent is answered, failed, or in flight', () => {
  const step = constantFrom('question', 'answer', 'failure', 'reading');
  assert(
    property(array(step), (steps) => {
      const record = new TrafficRecord(TrafficRecord.memory());
      const reader = new RecordReader(record);
      let [inFlight, sent, over] = [0, 0, 0];
      const take = (): boolean => {
        const { requests, servedRequests, failures, inFlightRequests } = reader.take();
        sent += requests;
        over += servedRequests + failedCount(failures);
        return inFlightRequests === inFlight && sent === over + inFlight;
      };
      const happen = {
        question: () => record.question(),
        answer: () => record.answer(0.1),
        failure: () => record.failure('HTTP 502'),
      };
      for (const what of steps) {
        if (what === 'reading') expect(take()).toBe(true);
        else if (what === 'question' || inFlight > 0) {
          happen[what]();
          inFlight += what === 'question' ? 1 : -1;
        }
      }
      return take();
    }),
  );
});
