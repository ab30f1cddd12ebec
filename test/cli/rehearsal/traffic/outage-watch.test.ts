import { expect, test } from 'vitest';
import { OutageWatch } from '../../../../cli/rehearsal/traffic/outage-watch';
import { TrafficRecord } from '../../../../cli/rehearsal/traffic/traffic-record';

/** What was noted of each of some seconds, in which requests were sent, answered and failed. */
function outages(seconds: readonly { sent?: number; answered?: number; failed?: number }[]): number[] {
  const record = new TrafficRecord(TrafficRecord.memory());
  const watch = new OutageWatch(record, 1);
  return seconds.map(({ sent = 0, answered = 0, failed = 0 }) => {
    const before = record.read().outageSeconds;
    for (let count = 0; count < sent; count++) record.question();
    for (let count = 0; count < answered; count++) record.answer(0.01);
    for (let count = 0; count < failed; count++) record.failure('HTTP 503');
    watch.look();
    return record.read().outageSeconds - before;
  });
}

test.each([
  ['in which nobody asks is none', [{}], [0]],
  ['in which one is answered is none', [{ sent: 3, answered: 1, failed: 2 }], [0]],
  ['in which all fail is one', [{ sent: 2, failed: 2 }], [1]],
  ['in which nothing but waiting goes on is one', [{ sent: 2 }, {}, { answered: 2 }], [0, 1, 0]],
])('a second %s', (_, seconds, expected) => {
  expect(outages(seconds)).toEqual(expected);
});
