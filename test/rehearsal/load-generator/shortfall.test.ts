import { expect, test } from 'vitest';
import { formatShortfall } from '../../../rehearsal/load-generator/load-generator';
import { RequestLog } from '../../../rehearsal/request-log/request-log';

/** The report on a client that sent so many of its due requests, the given number of them late. */
function reportOn(due: number, sent: number, late = 0, lateSeconds = 0.2): string | undefined {
  const log = new RequestLog(RequestLog.allocateMemory());
  for (let request = 0; request < sent; request += 1) {
    log.recordRequest();
    log.recordLateness(request < late ? lateSeconds : 0.000_1);
  }
  log.recordUnsent(due - sent);
  return formatShortfall(log.read());
}

const START = 'this machine could not generate all of the traffic in time: it sent';
const ADVICE = 'Use less traffic, or more cores';

test.each([
  [0, 0, 0],
  [1000, 1000, 0],
  [1000, 950, 0],
  [1000, 1000, 9],
])('%d due requests, %d sent, %d of them late, are not reported', (due, sent, late) => {
  expect(reportOn(due, sent, late)).toBeUndefined();
});

test.each([
  [1000, 949, 0, `${START} 949 of 1000 requests, 1 in 100 of them 0 ms late or more. ${ADVICE}`],
  [1000, 1000, 20, `${START} 1 in 100 requests 200 ms late or more. ${ADVICE}`],
])('%d due requests, %d sent, %d of them late, are reported', (due, sent, late, message) => {
  // latencies are known to within 2 %.
  expect(reportOn(due, sent, late)?.replace(/\b(19[6-9]|20[0-4]) ms/, '200 ms')).toBe(message);
});

test('a delay of less than a tenth of a second is not late', () => {
  expect(reportOn(100, 100, 100, 0.09)).toBeUndefined();
});
