import { describe, expect, test } from 'vitest';
import { fieldOfLabel } from '../../../cli/recording/metric-labels';
import { readPeriods, usualPeriodSeconds, writePeriods } from '../../../cli/recording/period-table';
import { daysOf, parsePastTime, retentionRemarks } from '../../../cli/recording/recorded-time';
import { METRIC_COLUMNS } from '../../../src/recording/recorded-period';

const DAY = 86_400;
/** 2026-11-30T12:00Z. */
const NOW = 1_796_040_000;

describe('the file of a day', () => {
  const values = Object.fromEntries(METRIC_COLUMNS.map(({ field }, index) => [field, index + 0.5]));
  const periods = [
    { startsAtSeconds: NOW, periodSeconds: 60, ...values },
    { startsAtSeconds: NOW + 60, periodSeconds: 60, requests: 3 },
  ];

  test('has every metric, and is read as it was written', () => {
    expect(readPeriods(writePeriods(periods), 'day.csv')).toEqual(periods);
  });

  test.each([
    ['a header without a time', 'cpu,requests\n1,2\n', 'day.csv must have a header with time and metrics'],
    ['a time that is none', 'time,cpu\nyesterday,2\n', 'day.csv line 2: the time must be a date'],
    ['a value below 0', 'time,cpu\n2026-11-28T10:00Z,-2\n', 'day.csv line 2: cpuPercent must be a number of at least 0'],
    [
      'CPU twice',
      'time,cpu,CPUUtilization\n2026-11-28T10:00Z,2,3\n',
      'day.csv must have one column of CPUUtilization Average, got several',
    ],
    ['a long line', `time,cpu\n${'x'.repeat(20_000)}\n`, 'day.csv line 2: a line of metrics must be short, got one of 20000 characters'],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readPeriods(text, 'day.csv')).toThrow(message);
  });

  test('with columns of several target groups has their requests together, and the longest response time', () => {
    const header = 'time,one RequestCount,two RequestCount,one TargetResponseTime,two TargetResponseTime';
    expect(readPeriods(`${header}\n2026-11-28T10:00:00Z,5,7,0.1,0.2\n`, 'day.csv')).toMatchObject([
      { requests: 12, meanResponseSeconds: 0.2 },
    ]);
  });

  test('without the length of its periods has that of most of them', () => {
    expect(readPeriods('time,CPUUtilization\n2026-11-28T10:00:00Z,5\n2026-11-28T10:05:00Z,6\n', 'day.csv')).toMatchObject([
      { periodSeconds: 300, cpuPercent: 5 },
      { periodSeconds: 300, cpuPercent: 6 },
    ]);
    expect(usualPeriodSeconds([0, 60, 120, 600])).toBe(60);
  });
});

test.each([
  ['RequestCount', 'requests'],
  ['targetgroup/web/0123456789abcdef RequestCount', 'requests'],
  ['CPUUtilization Average', 'cpuPercent'],
  ['CPUUtilization SampleCount', 'cpuSamples'],
  ['cpu', 'cpuPercent'],
  ['TargetResponseTime p95', 'p95ResponseSeconds'],
  ['TargetResponseTime', 'meanResponseSeconds'],
  ['HTTPCode_ELB_503_Count', 'elb503'],
  ['RunningTaskCount', 'runningTasks'],
  ['HealthyHostCount', 'healthyHosts'],
  ['UnHealthyHostCount', undefined],
  ['CPUUtilization Maximum', undefined],
  ['max CPUUtilization', undefined],
  ['TargetResponseTime p90', undefined],
  ['TargetResponseTime p99.9', undefined],
  ['RequestCount Average', undefined],
  ['RequestCountPerTarget', undefined],
  ['something else', undefined],
])('the label %s means %s', (label, field) => {
  expect(fieldOfLabel(label)).toBe(field);
});

describe('the time of a recording', () => {
  test.each([
    ['7d', 'now', NOW - 7 * DAY, NOW],
    ['2026-11-23', '2026-11-24', NOW - 7.5 * DAY, NOW - 6.5 * DAY],
    ['2026-11-30T10:00:00+01:00', '30m', NOW - 3 * 3600, NOW - 1800],
  ])('is from %s to %s', (from, to, fromSeconds, untilSeconds) => {
    expect(parsePastTime(from, to, NOW)).toEqual({ fromSeconds, untilSeconds });
  });

  test.each([
    ['1d', '2d', "--from must be before --to, got '1d' and '2d'"],
    ['1d', '2026-12-24', '--to must not be in the future'],
    ['last week', 'now', '--from must be a date such as'],
    ['600d', 'now', '--from must be at most 455 days ago'],
  ])('is not from %s to %s', (from, to, message) => {
    expect(() => parsePastTime(from, to, NOW)).toThrow(message);
  });

  test('is divided into days of UTC, older ones with the periods that CloudWatch still has', () => {
    const days = daysOf({ fromSeconds: NOW - 16.25 * DAY, untilSeconds: NOW }, NOW, 1);
    expect(days).toHaveLength(17);
    expect(days[0]).toEqual({ fromSeconds: NOW - 16.25 * DAY, untilSeconds: NOW - 15.5 * DAY, periodSeconds: 300 });
    expect(days.at(-1)).toEqual({ fromSeconds: NOW - 0.5 * DAY, untilSeconds: NOW, periodSeconds: 60 });
    expect(retentionRemarks({ fromSeconds: NOW - 16.25 * DAY, untilSeconds: NOW }, days, NOW)).toEqual([
      'from 2026-11-14T06:00Z to 2026-11-16T00:00Z CloudWatch has periods of 5 minutes at best: those of one minute are retained for 15 days',
    ]);
  });

  test('of an emulation has shorter periods', () => {
    expect(daysOf({ fromSeconds: NOW - 601, untilSeconds: NOW }, NOW, 20)).toEqual([
      { fromSeconds: NOW - 603, untilSeconds: NOW, periodSeconds: 3 },
    ]);
  });

  test('has a remark where scaling activities are no longer retained', () => {
    const time = { fromSeconds: NOW - 50 * DAY, untilSeconds: NOW };
    expect(retentionRemarks(time, daysOf(time, NOW, 1), NOW)).toContain(
      'no scaling activities before 2026-10-19T12:00Z: they are retained for six weeks',
    );
  });
});
