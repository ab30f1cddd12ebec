import { describe, expect, test } from 'vitest';
import { parseLocust } from '../../src/traffic/locust';
import { loadAt, trafficSeconds } from '../../src/traffic/traffic-phases';

describe('a Locust test', () => {
  test('of users, spawn rate and run time ramps up and holds', () => {
    const traffic = parseLocust('{"users": 50, "spawn_rate": 5, "run_time": "3m"}', { thinkSeconds: 0 });
    expect([...traffic.phases]).toEqual([
      { kind: 'users', from: 5, to: 50, thinkSeconds: 0, durationSeconds: 9, stepSeconds: 1 },
      { kind: 'users', from: 50, to: 50, thinkSeconds: 0, durationSeconds: 171 },
    ]);
  });

  const SHAPE = [
    { duration: 60, users: 10, spawn_rate: 10 },
    { duration: 120, users: 100, spawn_rate: 1 },
    { duration: 180, users: 20, spawn_rate: 20 },
  ];

  test.each([
    [0.5, 10],
    [30, 10],
    [90, 41],
    [119, 70],
    [121, 30],
    [170, 20],
  ])('of stages counts their durations from the start: at second %d there are %d users', (seconds, users) => {
    const traffic = parseLocust(JSON.stringify(SHAPE), { thinkSeconds: 2 });
    expect(trafficSeconds(traffic)).toBe(180);
    expect(loadAt(traffic, seconds)).toEqual({ kind: 'users', value: users, thinkSeconds: 2 });
    expect(loadAt(parseLocust(JSON.stringify({ stages: SHAPE }), { thinkSeconds: 2 }), seconds)).toEqual(loadAt(traffic, seconds));
  });

  test.each([
    ['', /^a Locust test must be JSON such as/],
    ['{"users": 50}', /^run_time must be a duration such as 90s or 5m, got none in the Locust test$/],
    ['{"users": -5, "spawn_rate": 1, "run_time": 60}', /^users must be a number of at least 0, got -5/],
    ['{"users": 5, "spawn_rate": 0, "run_time": 60}', /^spawn_rate must be above 0, got 0$/],
    ['{"users": 5, "run_time": "1.5m"}', /^run_time must be a duration/],
    ['{"users": 5, "run_time": 0}', /^run_time must be above 0 for a forecast, got 0, with which Locust does not end$/],
    ['{"users": 5, "rate": 2, "run_time": 60}', /^a field of the Locust test must be one of users, spawn_rate, .*, got 'rate'$/],
    ['{"users": 10000000, "spawn_rate": 1e7, "run_time": 60}', /^users must be from 0 to 1000000, got 10000000/],
    ['[]', /^stages must have at least one entry/],
    [
      '[{"duration": 60, "users": 1}, {"duration": 30, "users": 1}]',
      /^the durations of stages count from the start and must grow, got 30 after 60$/,
    ],
  ])('%s is refused', (text, sentence) => {
    expect(() => parseLocust(text, { thinkSeconds: 0 })).toThrowError(sentence);
  });
});
