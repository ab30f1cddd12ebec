import { array, assert, nat, property, tuple } from 'fast-check';
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

function times(count: number, run: () => void): void {
  for (let time = 0; time < count; time += 1) run();
}

test('at each reading, all that was sent is answered, failed, or in flight', () => {
  const stretch = tuple(nat(5), nat(5), nat(5));
  assert(
    property(array(stretch), (stretches) => {
      const record = new TrafficRecord(TrafficRecord.memory());
      const reader = new RecordReader(record);
      let [inFlight, sent, over] = [0, 0, 0];
      return stretches.every(([asked, mostAnswered, mostFailed]) => {
        const answered = Math.min(mostAnswered, inFlight + asked);
        const failed = Math.min(mostFailed, inFlight + asked - answered);
        times(asked, () => record.question());
        times(answered, () => record.answer(0.1));
        times(failed, () => record.failure('HTTP 502'));
        inFlight += asked - answered - failed;
        const { requests, servedRequests, failures, inFlightRequests } = reader.take();
        sent += requests;
        over += servedRequests + failedCount(failures);
        return inFlightRequests === inFlight && sent === over + inFlight;
      });
    }),
  );
});
