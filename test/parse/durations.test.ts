import { expect, test } from 'vitest';
import { formatDuration, parseDurationSeconds } from '../../src/parse/durations';

test.each([
  ['250ms', 0.25],
  ['90s', 90],
  ['1h30m', 5400],
  ['2d', 172_800],
  ['1d12h', 129_600],
])('%s are %d seconds', (text, seconds) => {
  expect(parseDurationSeconds(text)).toBe(seconds);
  expect(parseDurationSeconds(formatDuration(seconds))).toBe(seconds);
});

test.each(['', '5', '2w', '1 d', '-1d', '1d?'])("'%s' is no duration", (text) => {
  expect(parseDurationSeconds(text)).toBeUndefined();
});
