import { array, assert, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { RequestLog, RequestLogReader } from '../../../rehearsal/request-log/request-log';
import { failedCount } from '../../../src/run/failures';

test('reads the counts since the previous reading, with latencies in milliseconds', () => {
  const log = new RequestLog(RequestLog.allocateMemory());
  const reader = new RequestLogReader(log);
  log.recordRequest();
  log.recordLateness(0.002);
  log.recordServed(0.25);
  const { requests, servedRequests, latencySeconds, p50Millis, p99SendDelayMillis } = reader.take();
  expect({ requests, servedRequests, latencySeconds }).toEqual({ requests: 1, servedRequests: 1, latencySeconds: 0.25 });
  expect(p50Millis! / 250).toBeCloseTo(1, 1);
  expect(p99SendDelayMillis! / 2).toBeCloseTo(1, 1);
  expect(reader.take()).toMatchObject({
    requests: 0,
    servedRequests: 0,
    latencySeconds: 0,
    p50Millis: undefined,
    p99SendDelayMillis: undefined,
  });
});

function times(count: number, run: () => void): void {
  for (let time = 0; time < count; time += 1) run();
}

test('at each reading, every request is served, failed, or in flight', () => {
  const period = tuple(nat(5), nat(5), nat(5));
  assert(
    property(array(period), (periods) => {
      const log = new RequestLog(RequestLog.allocateMemory());
      const reader = new RequestLogReader(log);
      let [inFlight, sent, over] = [0, 0, 0];
      return periods.every(([added, maxServed, maxFailed]) => {
        const servedNow = Math.min(maxServed, inFlight + added);
        const failed = Math.min(maxFailed, inFlight + added - servedNow);
        times(added, () => log.recordRequest());
        times(servedNow, () => log.recordServed(0.1));
        times(failed, () => log.recordFailure('HTTP 502'));
        inFlight += added - servedNow - failed;
        const { requests, servedRequests, failures, inFlightRequests } = reader.take();
        sent += requests;
        over += servedRequests + failedCount(failures);
        return inFlightRequests === inFlight && sent === over + inFlight;
      });
    }),
  );
});
