import { describe, expect, test } from 'vitest';
import { parseLocust } from '../../src/traffic/locust';
import { loadAt, trafficSeconds } from '../../src/traffic/traffic-phases';

describe('a Locust test', () => {
  test('of users, spawn rate and run time ramps up and holds', () => {
    const traffic = parseLocust('{"users": 50, "spawn_rate": 5, "run_time": "3m"}', 0);
    expect([...traffic.phases]).toEqual([
      { kind: 'users', from: 0, to: 50, thinkSeconds: 0, durationSeconds: 10 },
      { kind: 'users', from: 50, to: 50, thinkSeconds: 0, durationSeconds: 170 },
    ]);
  });

  const SHAPE = [
    { duration: 60, users: 10, spawn_rate: 10 },
    { duration: 120, users: 100, spawn_rate: 1 },
    { duration: 180, users: 20, spawn_rate: 20 },
  ];

  test.each([
    [0.5, 5],
    [30, 10],
    [90, 40],
    [119, 69],
    [121, 50],
    [170, 20],
  ])('of stages counts their durations from the start: at second %d there are %d users', (seconds, users) => {
    const traffic = parseLocust(JSON.stringify(SHAPE), 2);
    expect(trafficSeconds(traffic)).toBe(180);
    expect(loadAt(traffic, seconds)).toEqual({ kind: 'users', value: users, thinkSeconds: 2 });
    expect(loadAt(parseLocust(JSON.stringify({ stages: SHAPE }), 2), seconds)).toEqual(loadAt(traffic, seconds));
  });

  test.each([
    ['', /^a Locust test must be JSON such as/],
    ['{"users": 50}', /^run_time must be a duration such as 90s or 5m, got none in the Locust test$/],
    ['{"users": -5, "spawn_rate": 1, "run_time": 60}', /^users must be a number of at least 0, got -5/],
    ['{"users": 5, "spawn_rate": 0, "run_time": 60}', /^spawn_rate must be above 0, got 0$/],
    ['{"users": 10000000, "spawn_rate": 1e7, "run_time": 60}', /^users must be from 0 to 1000000, got 10000000/],
    ['[]', /^stages must have at least one entry/],
    [
      '[{"duration": 60, "users": 1}, {"duration": 30, "users": 1}]',
      /^the durations of stages count from the start and must grow, got 30 after 60$/,
    ],
  ])('%s is refused', (text, sentence) => {
    expect(() => parseLocust(text, 0)).toThrowError(sentence);
  });
});
