import { Duration, Lazy } from 'aws-cdk-lib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Traffic } from '../../src';
import { trafficSeconds } from '../../src/traffic/traffic-phases';

const minutes = Duration.minutes;

describe('traffic reads as it is written', () => {
  test.each([
    [Traffic.users(30, minutes(5)), 'users 30 for 5m'],
    [Traffic.users(30).hold(minutes(5)), 'users 30 for 5m'],
    [Traffic.requestsPerSecond(0.5, Duration.seconds(90)), 'rps 0.5 for 90s'],
    [Traffic.rampUsers(120, minutes(5)), 'users 0..120 for 5m'],
    [
      Traffic.users(30)
        .followedBy(Traffic.rampUsers(120, minutes(5)))
        .hold(minutes(30)),
      'users 30..120 for 5m, users 120 for 30m',
    ],
    [Traffic.requestsPerSecond(50).followedBy(Traffic.rampRequestsPerSecond(400, minutes(1))), 'rps 50..400 for 1m'],
    [Traffic.users(20, minutes(10)).followedBy(Traffic.requestsPerSecond(80, minutes(10))), 'users 20 for 10m, rps 80 for 10m'],
    [
      Traffic.users(20, minutes(1))
        .followedBy(Traffic.users(80, minutes(1)))
        .repeat(2),
      'users 20 for 1m, users 80 for 1m, users 20 for 1m, users 80 for 1m',
    ],
    [
      Traffic.users(5, minutes(1)).withThinkTime(Duration.millis(1.5)).hold(minutes(1)),
      'users 5 think 1.5ms for 1m, users 5 think 1.5ms for 1m',
    ],
    [
      Traffic.users(5, minutes(1))
        .atMost(3000)
        .followedBy(Traffic.users(6, minutes(1)).atMost(2000)),
      'users 5 for 1m, users 6 for 1m, at most 2000 rps',
    ],
    [Traffic.fromK6('{ "stages": [{ "duration": "1m", "target": 50 }] }'), 'users 1..50 one by one for 1m'],
    [Traffic.fromK6('{ "vus": 5, "duration": "1m" }', { sleep: Duration.seconds(1) }), 'users 5 think 1s for 1m'],
    [
      Traffic.fromLocust('{ "users": 50, "spawn_rate": 5, "run_time": "3m" }').hold(minutes(1)),
      'users 5..50 every 1s for 9s, users 50 for 171s, users 50 for 1m',
    ],
    [Traffic.parse('users 50..150 every 5m for 10m').hold(minutes(1)), 'users 50..150 every 5m for 10m, users 100 for 1m'],
    [Traffic.fromCsv('t,rps\n0,10\n60,20\n'), 'rps 10 for 1m, rps 20 for 1m'],
    [Traffic.parse('users 30..120 think 1s for 5m, at most 3000 rps'), 'users 30..120 think 1s for 5m, at most 3000 rps'],
  ])('as %#: %s', (traffic, words) => {
    expect(traffic.toString()).toBe(words);
    expect(traffic._errors()).toEqual([]);
  });

  test('keeps a think time of less than a millisecond', () => {
    const [phase] = Traffic.users(1, minutes(1)).withThinkTime(Duration.millis(0.12))._traffic().phases;
    expect(phase!.thinkSeconds).toBe(0.000_12);
  });
});

test('lasts as long as its parts together, however they are joined', () => {
  const part = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 600 }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 3 }), (parts, times) => {
      const pieces = parts.map(([count, seconds]) => Traffic.users(count, Duration.seconds(seconds)));
      const joined = pieces.reduce((one, other) => one.followedBy(other)).repeat(times);
      expect(trafficSeconds(joined._traffic())).toBe(times * parts.reduce((sum, [, seconds]) => sum + seconds, 0));
      const reversed = pieces.reduceRight((later, earlier) => earlier.followedBy(later)).repeat(times);
      expect(reversed.toString()).toBe(joined.toString());
    }),
  );
});

describe('traffic that follows the time of day', () => {
  const busiest = (traffic: Traffic): number => Math.max(...[...traffic._traffic().phases].map((phase) => phase.to));
  const meanOn = (traffic: Traffic, day: number): number => {
    const phases = [...traffic._traffic().phases].slice(day * 96, (day + 1) * 96);
    return phases.reduce((sum, { from, to }) => sum + (from + to) / 2, 0) / phases.length;
  };

  test('lasts a day, or a week from Monday on', () => {
    expect(trafficSeconds(Traffic.daily({ meanRequestsPerSecond: 100 })._traffic())).toBe(86_400);
    expect(trafficSeconds(Traffic.weekly({ meanRequestsPerSecond: 100 })._traffic())).toBe(7 * 86_400);
  });

  test('has its mean, its amplitude and its weekend', () => {
    const week = Traffic.weekly({ meanRequestsPerSecond: 100, amplitudePercent: 20, weekendPercent: 40 });
    expect(busiest(week)).toBeCloseTo(120, 6);
    expect([meanOn(week, 3), meanOn(week, 5)]).toEqual([expect.closeTo(100, 6), expect.closeTo(40, 6)]);
  });

  test.each([
    ['a week has half the load at the weekend', Traffic.weekly({ meanRequestsPerSecond: 100 }), 50],
    ['days have the same load at the weekend', Traffic.daily({ meanRequestsPerSecond: 100, days: 7 }), 100],
  ])('%s unless it is given', (_, traffic, mean) => {
    expect(meanOn(traffic, 5)).toBeCloseTo(mean, 6);
  });

  test('is rejected where no load is like that', () => {
    expect(Traffic.daily({ meanRequestsPerSecond: -1, peakHour: 24 })._errors()).toEqual([
      'meanRequestsPerSecond must be from 0 to 250000, got -1',
      'peakHour must be from 0 to below 24, got 24',
    ]);
  });
});

test('never changes', () => {
  const quiet = Traffic.users(5, minutes(1));
  quiet.hold(minutes(5));
  quiet.withThinkTime(Duration.seconds(1));
  quiet.atMost(10);
  expect(quiet.toString()).toBe('users 5 for 1m');
});

describe('traffic that is out of range has an error for each number', () => {
  test.each([
    [Traffic.users(-1, minutes(1)), ['users must be from 0 to 1000000, got -1']],
    [Traffic.requestsPerSecond(Number.NaN, minutes(1)), ['requests per second must be from 0 to 1000000, got NaN']],
    [Traffic.users(10_000_000, minutes(1)), ['users must be from 0 to 1000000, got 10000000']],
    [Traffic.users(5), ['traffic must last at least 1 second, got none']],
    [Traffic.users(5, Duration.days(40)), ['traffic must last at most 744h, got 960h']],
    [Traffic.users(5, minutes(1)).atMost(0), ['the client limit must be above 0 and at most 1000000, got 0']],
    [Traffic.users(5, minutes(1)).repeat(0), ['repeat must be given a whole number from 1 to 10000, got 0']],
    [
      Traffic.users(5).followedBy(Traffic.rampRequestsPerSecond(50, minutes(1))),
      ['rampRequestsPerSecond must continue the same kind of traffic, got 5 users before it'],
    ],
    [
      Traffic.users(-1, minutes(1)).atMost(-2),
      ['users must be from 0 to 1000000, got -1', 'the client limit must be above 0 and at most 1000000, got -2'],
    ],
    [
      Traffic.parse('many users'),
      [expect.stringMatching(/^traffic must read like .*, got 'many users': 'many' must be 'users' or 'rps'$/)],
    ],
    [Traffic.fromK6('{}').hold(minutes(1)), [expect.stringMatching(/^k6 options must have stages, vus and duration, or scenarios/)]],
    [Traffic.fromCsv('0,5\n-60,x'), [expect.stringMatching(/line 2/)]],
    [Traffic.users(Lazy.number({ produce: () => 5 }), minutes(1)), ['users must be known for a forecast, got a token']],
  ])('as %#', (traffic, errors) => {
    expect(traffic._errors()).toEqual(errors);
  });

  test('and it can be awaited, as it is no promise', async () => {
    const traffic = Traffic.users(5);
    await expect(Promise.resolve(traffic)).resolves.toBe(traffic);
  });
});
