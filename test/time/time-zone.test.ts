import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minutesSince1970 } from '../../src/time/calendar';
import { isTimeZone, localMinuteAt, utcMinuteFrom, utcMinuteOf } from '../../src/time/time-zone';

function minute(text: string): number {
  const [year, month, day, hour, minuteOfHour] = text.split(/[-T:]/).map(Number) as [number, number, number, number, number];
  return minutesSince1970({ year, month, day, hour, minute: minuteOfHour });
}

describe('the clocks of a time zone', () => {
  test.each([
    ['2026-01-05T00:00', 'Europe/Berlin', '2026-01-05T01:00'],
    ['2026-07-05T00:00', 'Europe/Berlin', '2026-07-05T02:00'],
    ['2026-07-05T00:00', 'America/New_York', '2026-07-04T20:00'],
    ['2026-07-05T00:00', 'Asia/Kolkata', '2026-07-05T05:30'],
    ['2026-07-05T00:00', 'UTC', '2026-07-05T00:00'],
  ])('at %s UTC, those of %s show %s', (utc, timeZone, local) => {
    expect(localMinuteAt(minute(utc), timeZone)).toBe(minute(local));
    expect(utcMinuteOf(minute(local), timeZone)).toBe(minute(utc));
  });

  test('skip an hour in spring, and show one twice in autumn', () => {
    expect(utcMinuteOf(minute('2026-03-29T02:30'), 'Europe/Berlin')).toBeUndefined();
    expect(utcMinuteFrom(minute('2026-03-29T02:30'), 'Europe/Berlin')).toBe(minute('2026-03-29T01:00'));
    expect(utcMinuteOf(minute('2026-10-25T02:30'), 'Europe/Berlin')).toBe(minute('2026-10-25T00:30'));
    expect(localMinuteAt(minute('2026-10-25T01:30'), 'Europe/Berlin')).toBe(minute('2026-10-25T02:30'));
  });

  test('show what they are read as, whatever the minute', () => {
    const zones = constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC');
    const minutes = integer({ min: minute('2020-01-01T00:00'), max: minute('2030-01-01T00:00') });
    assert(
      property(minutes, zones, (utcMinute, timeZone) => {
        const local = localMinuteAt(utcMinute, timeZone);
        const back = utcMinuteOf(local, timeZone)!;
        // in the hour that is shown twice, the first time.
        expect(back).toBeLessThanOrEqual(utcMinute);
        expect(localMinuteAt(back, timeZone)).toBe(local);
      }),
    );
  });
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['Etc/GMT+9', true],
  ['Mars/Olympus', false],
  ['', false],
])('whether %j is a time zone: %s', (name, expected) => {
  expect(isTimeZone(name)).toBe(expected);
});
