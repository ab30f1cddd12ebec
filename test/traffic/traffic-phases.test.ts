import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/parse/input-error';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import {
  formatTraffic,
  LoadOverTime,
  loadAt,
  reachedEnd,
  startOfPhase,
  type TrafficPhase,
  trafficSeconds,
  withoutSteps,
} from '../../src/traffic/traffic-phases';

describe('the traffic grammar', () => {
  test.each([
    ['users 30 for 2m', [{ kind: 'users', from: 30, to: 30, thinkSeconds: 0, durationSeconds: 120 }]],
    ['users 30..120 think 1s for 5m', [{ kind: 'users', from: 30, to: 120, thinkSeconds: 1, durationSeconds: 300 }]],
    ['rps 0.5 for 1h30m', [{ kind: 'rps', from: 0.5, to: 0.5, thinkSeconds: 0, durationSeconds: 5400 }]],
    [
      ' users  1 for 90s ,rps 2..0 for 1250ms ',
      [
        { kind: 'users', from: 1, to: 1, thinkSeconds: 0, durationSeconds: 90 },
        { kind: 'rps', from: 2, to: 0, thinkSeconds: 0, durationSeconds: 1.25 },
      ],
    ],
    [
      'users 3 think 1s beside rps 5..10 for 1m',
      [{ kind: 'users', from: 3, to: 3, thinkSeconds: 1, requestsPerSecondBeside: { from: 5, to: 10 }, durationSeconds: 60 }],
    ],
  ])('%s', (text, phases) => {
    expect(parseTraffic(text)).toEqual({ phases });
    expect(parseTraffic(formatTraffic({ phases: phases as TrafficPhase[] }))).toEqual({ phases });
  });

  test('a rate beside users changes each second, also where the users do not', () => {
    const traffic = parseTraffic('users 3 beside rps 10..20 for 10s, users 4..8 every 5s beside rps 20 for 10s');
    const loads = new LoadOverTime(traffic);
    expect([0, 0.5, 9, 12, 16].map((second) => loads.at(second).requestsPerSecondBeside)).toEqual([10, 10.5, 19, 20, 20]);
    expect([0, 9, 12, 19].map((second) => loads.constantUntil(second))).toEqual([1, 10, 15, 20]);
    expect(loadAt(traffic, 30)).toMatchObject({ value: 8, requestsPerSecondBeside: 20 });
    expect(formatTraffic({ phases: traffic.phases.at(1) === undefined ? [] : withoutSteps(traffic.phases.at(1)!, 10) })).toBe(
      'users 4 beside rps 20 for 5s, users 6 beside rps 20 for 5s',
    );
  });

  test('a phase that is cut reaches what it had at that time, of the users and of the rate', () => {
    const [phase] = parseTraffic('users 0..8 beside rps 10..30 for 40s').phases;
    expect(formatTraffic({ phases: [startOfPhase(phase!, 10)] })).toBe('users 0..2 beside rps 10..15 for 10s');
  });

  test('may limit the client', () => {
    expect(parseTraffic('users 120 for 8m, at most 2980 rps').clientLimitRequestsPerSecond).toBe(2980);
  });

  test.each([
    ['', /^traffic must read like '.*', got '': a phase is missing$/],
    ['users 30', /got 'users 30': 'for' and a duration are missing at the end$/],
    ['user 30 for 2m', /got 'user 30 for 2m': 'user' must be 'users' or 'rps'$/],
    ['users for 2m', /: a number is missing after 'users'$/],
    ['users 30 for', /: a duration is missing after 'for'$/],
    ['users 30 during 2m', /: 'during' must be one of 'one by one', 'every', 'think', 'pacing', 'beside rps', 'for'$/],
    ['users 30 for 2m think 1s', /: 'think' must come before 'for'$/],
    ['users 30 think for 2m', /: a duration is missing after 'think'$/],
    ['users 30 pacing 1s think 1s for 2m', /: 'think' must come before 'pacing'$/],
    ['users 30 pacing 1s 2m', /: '2m' must be one of 'beside rps', 'for'$/],
    ['users 30 beside rps 5 2m', /: '2m' must be 'for'$/],
    ['users 30 beside 5 for 2m', /: 'beside' must be one of 'one by one', .*'for'$/],
    ['users 30 every 1s for 2m', /: 'every' must follow a ramp, such as 30..120$/],
    ['users 1..3 one by one every 1s for 2m', /: 'one by one' and 'every' must not be given together$/],
    ['users 1..3 every 1m one by one for 5m', /: 'one by one' and 'every' must not be given together$/],
    ['users 1..3 every 1m think 1s one by one for 5m', /: 'one by one' and 'every' must not be given together$/],
    ['users 1..3 think 1s one by one for 5m', /: 'one by one' must come before 'think'$/],
    ['users 3 think 1s think 2s for 5m', /: 'think' must be given once$/],
    ['users 3 for 2m, at least 5 rps', /got 'at least 5 rps': a limit must read 'at most NUMBER rps'$/],
    ['users -1 for 2m', /^users and rps must be numbers from 0 to 1000000, got '-1' in/],
    ['users many for 2m', /got 'many' in 'users many for 2m'$/],
    ['users 10000000 for 2m', /got '10000000'/],
    ['users 3 for 2 minutes', /^traffic must read like .*: 'minutes' must be left out; a duration is one word such as 2m$/],
    ['users 3 for 2x', /^a duration must be written like 90s, 5m or 1h30m, got '2x'/],
    ['users 3 for 0s', /^a phase must last more than 0 seconds, got '0s'/],
    ['users 1..3 every 0s for 5s', /^every must be followed by more than 0 seconds, got '0s'/],
    ['rps 1..3 one by one for 5s', /^one by one must go with users/],
    ['rps 3 pacing 1s for 5s', /^pacing must go with users/],
    ['rps 3 beside rps 4 for 1m', /^beside rps must go with users/],
    ['users 3 beside rps -1 for 1m', /^users and rps must be numbers from 0 to 1000000, got '-1'/],
    ['users 3 beside users 4 for 1m', /^traffic must read like/],
    ['users 3 for 744h, users 3 for 1s', /^traffic must last at most 744h, got 2678401s$/],
    ['rps 3 think 1s for 5m', /^think must go with users/],
    ['users 3 for 1m, at most 3 rps, at most 5 rps', /^'at most' must be given once, got 'at most 5 rps' as well$/],
    ['users 3 think soon for 2m', /^a duration must .* got 'soon'/],
    ['at most 5 rps', /^traffic must have a phase/],
    ['users 3 for 2m, at most 0 rps', /^the client limit must be above 0/],
  ])("refuses '%s'", (text, sentence) => {
    expect(() => parseTraffic(text)).toThrowError(sentence);
  });

  test('reports all errors together', () => {
    expect(() => parseTraffic('users a for 1m, rps b for 1m')).toThrowError(
      expect.objectContaining({ errors: [expect.stringContaining("'a'"), expect.stringContaining("'b'")] }) as InputError,
    );
  });

  test('of any kind is read or refused, never misread', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(trafficSeconds(parseTraffic(text))).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});

test.each(['users 30..120 think 250ms for 90s, rps 0.5 for 1h, at most 3000 rps', 'users 1 for 2m'])(
  "'%s' is written as it is read",
  (text) => {
    expect(formatTraffic(parseTraffic(text))).toBe(text);
  },
);

describe('what arrives', () => {
  const traffic = parseTraffic('users 10 for 1m, users 10..20 for 1m, rps 0..100 for 1m');

  test.each([
    [0, 'users', 10],
    [59.9, 'users', 10],
    [90, 'users', 15],
    [150, 'rps', 50],
    [180, 'rps', 100],
    [9999, 'rps', 100],
  ])('at second %d are %s %d', (at, kind, value) => {
    expect(loadAt(traffic, at)).toMatchObject({ kind, value });
  });
});

describe('a phase with steps', () => {
  test.each([
    ['users 50..150 every 5m for 10m', 'users 50 for 5m, users 100 for 5m', 100],
    ['users 50..150 every 4m for 10m', 'users 50 for 4m, users 90 for 4m, users 130 for 2m', 130],
    ['users 5..0 every 1s for 2500ms', 'users 5 for 1s, users 3 for 1s, users 1 for 500ms', 1],
    ['rps 1..2 every 1m for 2m', 'rps 1 for 1m, rps 1.5 for 1m', 1.5],
    ['users 1..9 every 1m for 30s', 'users 1 for 30s', 1],
    ['users 1..1002 every 1s for 1001s', 'users 1..1001 for 1001s', 1001],
    ['users 1..9 for 8s', 'users 1..9 for 8s', 9],
  ])('%s is %s', (text, words, end) => {
    const [phase] = [...parseTraffic(text).phases];
    expect(formatTraffic({ phases: withoutSteps(phase!, 1000) })).toBe(words);
    expect(reachedEnd(phase!)).toBe(end);
  });

  test('has the same load as its constant phases, at any time before its end', () => {
    const [users, thirds] = [fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 300 })];
    fc.assert(
      fc.property(users, users, thirds, thirds, fc.double({ min: 0, max: 0.999, noNaN: true }), (from, to, step, duration, share) => {
        const phase = { kind: 'users', from, to, thinkSeconds: 0, stepSeconds: step / 3, durationSeconds: duration / 3 } as const;
        const atSeconds = (Math.floor((share * duration) / step) * step) / 3 + step / 6;
        fc.pre(atSeconds < phase.durationSeconds);
        expect(loadAt({ phases: withoutSteps(phase, 1000) }, atSeconds)).toEqual(loadAt({ phases: [phase] }, atSeconds));
      }),
    );
  });
});
