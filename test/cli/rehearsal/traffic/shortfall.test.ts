import { expect, test } from 'vitest';
import { shortfallInWords } from '../../../../cli/rehearsal/traffic/shortfall';
import { TrafficRecord } from '../../../../cli/rehearsal/traffic/traffic-record';

/** What is said of a client that sent so many of the requests that it was asked for, the given number of them late. */
function said(asked: number, sent: number, late = 0, lateSeconds = 0.2): string | undefined {
  const record = new TrafficRecord(TrafficRecord.memory());
  for (let request = 0; request < sent; request += 1) {
    record.question();
    record.late(request < late ? lateSeconds : 0.000_1);
  }
  record.unsent(asked - sent);
  return shortfallInWords(record.read());
}

const WORDS = 'the traffic must be what this machine can make, got';
const ADVICE = 'ask for less, or give the rehearsal more cores';

test.each([
  [0, 0, 0],
  [1000, 1000, 0],
  [1000, 950, 0],
  [1000, 1000, 9],
])('of %d requests %d sent, %d of them late, are as good as all', (asked, sent, late) => {
  expect(said(asked, sent, late)).toBeUndefined();
});

test.each([
  [1000, 949, 0, `${WORDS} 949 of 1000 requests, 1 in 100 of them 0 ms late or more: ${ADVICE}`],
  [1000, 1000, 20, `${WORDS} 1000 of 1000 requests, 1 in 100 of them 200 ms late or more: ${ADVICE}`],
])('of %d requests %d sent, %d of them late, are too few', (asked, sent, late, sentence) => {
  // the latencies are told apart to within 2 %.
  expect(said(asked, sent, late)?.replace(/\b(19[6-9]|20[0-4]) ms/, '200 ms')).toBe(sentence);
});

test('nobody is late who is so by less than a tenth of a second', () => {
  expect(said(100, 100, 100, 0.09)).toBeUndefined();
});
