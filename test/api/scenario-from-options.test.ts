import { expect, test } from 'vitest';
import { parseStartTime, startTimeErrors } from '../../src/api/scenario-from-options';

test('a start is read as a date and time', () => {
  expect(parseStartTime('2028-02-29T08:30')).toEqual({ year: 2028, month: 2, day: 29, hour: 8, minute: 30 });
  expect(startTimeErrors('2028-02-29T08:30')).toEqual([]);
  expect(startTimeErrors(undefined)).toEqual([]);
});

test.each(['', 'Monday', '2026-11-27', '2026-04-31T00:00', '2027-02-29T08:30', '2026-13-01T00:00', '2026-01-01T24:00', '2026-01-01T00:60'])(
  "'%s' is none",
  (text) => {
    expect(startTimeErrors(text)).toEqual([`startsAt must be a date and time such as 2026-11-27T08:30, got '${text}'`]);
  },
);
