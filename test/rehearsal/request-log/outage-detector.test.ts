import { expect, test } from 'vitest';
import { OutageDetector, RequestLog } from '../../../rehearsal/request-log/request-log';

/** The outage recorded for each second, by the requests that were sent, served and failed in it. */
function outages(seconds: readonly { sent?: number; served?: number; failed?: number }[]): number[] {
  const log = new RequestLog(RequestLog.allocateMemory());
  const detector = new OutageDetector(log, 1);
  return seconds.map(({ sent = 0, served = 0, failed = 0 }) => {
    const before = log.read().outageSeconds;
    for (let count = 0; count < sent; count++) log.recordRequest();
    for (let count = 0; count < served; count++) log.recordServed(0.01);
    for (let count = 0; count < failed; count++) log.recordFailure('HTTP 503');
    detector.check();
    return log.read().outageSeconds - before;
  });
}

test.each([
  ['without requests is no outage', [{}], [0]],
  ['with a served request is no outage', [{ sent: 3, served: 1, failed: 2 }], [0]],
  ['in which all requests fail is an outage', [{ sent: 2, failed: 2 }], [1]],
  ['in which requests only wait is an outage', [{ sent: 2 }, {}, { served: 2 }], [0, 1, 0]],
])('a second %s', (_, seconds, expected) => {
  expect(outages(seconds)).toEqual(expected);
});
