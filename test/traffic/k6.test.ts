import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InputError } from '../../src/parse/input-error';
import type { KnownIteration } from '../../src/traffic/iteration';
import { parseK6 } from '../../src/traffic/k6';
import { parseK6Segment } from '../../src/traffic/k6-segment';
import { formatTraffic, loadAt, type TrafficPhase, trafficSeconds } from '../../src/traffic/traffic-phases';

const ITERATION = { thinkSeconds: 1, requestsPerIteration: 1 };

function phasesOf(options: unknown, iteration = ITERATION): TrafficPhase[] {
  return [...parseK6(JSON.stringify(options), iteration).phases];
}

function users(from: number, to: number, durationSeconds: number, thinkSeconds = 1): TrafficPhase {
  return { kind: 'users', from, to, thinkSeconds, durationSeconds, ...(from === to ? {} : { isOneByOne: true }) };
}

function rps(from: number, to: number, durationSeconds: number): TrafficPhase {
  return { kind: 'rps', from, to, thinkSeconds: 0, durationSeconds };
}

describe('k6 options', () => {
  test('with stages ramp users, from one on', () => {
    const stages = [
      { duration: '1m', target: 1000 },
      { duration: '9m', target: 5000 },
    ];
    expect(phasesOf({ stages })).toEqual([users(1, 1000, 60), users(1000, 5000, 540)]);
  });

  test('with stages begin with their vus', () => {
    expect(phasesOf({ vus: 10, stages: [{ duration: '30s', target: 0 }] })).toEqual([users(10, 0, 30)]);
  });

  test('with vus and a duration hold', () => {
    expect(phasesOf({ vus: 10, duration: '1m30s' })).toEqual([users(10, 10, 90)]);
  });

  test('with a stage of no duration jump', () => {
    const stages = [
      { duration: '0s', target: 50 },
      { duration: 60_000, target: 50 },
    ];
    expect(phasesOf({ stages })).toEqual([users(50, 50, 60)]);
  });

  test.each([
    ['ramping-vus', { startVUs: 5, stages: [{ duration: '1m', target: 20 }] }, [users(5, 20, 60)]],
    ['constant-vus', { vus: 8, duration: '1m' }, [users(8, 8, 60)]],
    [
      'ramping-arrival-rate',
      { startRate: 60, timeUnit: '1m', preAllocatedVUs: 50, stages: [{ duration: '1m', target: 600 }] },
      [rps(1, 10, 60)],
    ],
    ['constant-arrival-rate', { rate: 30, duration: '2m', preAllocatedVUs: 30 }, [rps(30, 30, 120)]],
  ])('take a scenario of the executor %s', (executor, fields, phases) => {
    expect(phasesOf({ scenarios: { one: { executor, ...fields } } })).toEqual(phases);
  });

  test('add scenarios up that run beside each other, each from its start time on', () => {
    const base = { executor: 'constant-arrival-rate', rate: 10, duration: '60s', preAllocatedVUs: 10 };
    const burst = {
      executor: 'ramping-arrival-rate',
      startTime: '30s',
      preAllocatedVUs: 200,
      stages: [
        { duration: '10s', target: 100 },
        { duration: '50s', target: 100 },
      ],
    };
    expect(phasesOf({ scenarios: { base, burst } })).toEqual([rps(10, 10, 30), rps(10, 110, 10), rps(110, 110, 20), rps(100, 100, 30)]);
  });

  test('may run users and rates one after the other, with a gap between them', () => {
    const scenarios = {
      browse: { executor: 'constant-vus', vus: 5, duration: '10s' },
      api: { executor: 'constant-arrival-rate', rate: 7, preAllocatedVUs: 9, duration: '10s', startTime: '20s' },
    };
    expect(phasesOf({ scenarios })).toEqual([users(5, 5, 10), users(0, 0, 10, 0), rps(7, 7, 10)]);
  });

  test('multiply rates by the requests of an iteration, and part its sleep among them', () => {
    const iteration = { thinkSeconds: 3, requestsPerIteration: 2 };
    expect(
      phasesOf({ scenarios: { a: { executor: 'constant-arrival-rate', rate: 10, duration: '1m', preAllocatedVUs: 99 } } }, iteration),
    ).toEqual([rps(20, 20, 60)]);
    expect(phasesOf({ vus: 4, duration: '1m' }, iteration)).toEqual([users(4, 4, 60, 1.5)]);
  });

  test.each([
    ['nonsense', /^the k6 options must be JSON such as .*, got 'nonsense'$/],
    ['[]', /^the k6 options must be a JSON object/],
    ['{}', /^k6 options must have stages, vus and duration, or scenarios, got none of them: k6 would run one iteration/],
    ['{"scenarios": {}}', /^scenarios must have at least one entry, got {} in k6 options$/],
    ['{"stages": []}', /^stages must have at least one entry, got \[\]/],
    [
      '{"stages": [{"duration": "5 minutes", "target": 1}]}',
      /^duration must be a duration such as 90s or 5m, got "5 minutes" in stages 1 of/,
    ],
    ['{"stages": [{"duration": "5m", "target": -1}]}', /^target must be a whole number of at least 0, got -1 in stages 1/],
    ['{"stages": [{"duration": "5m", "target": 10000000}]}', /^users must be from 0 to 1000000, got 10000000$/],
    ['{"stages": [7]}', /^stages 1 of k6 options must be an object, got 7$/],
    ['{"stages": [{"duration": "0s", "target": 1}]}', /^traffic must last at least 1 second/],
    ['{"scenarios": {"a": {"executor": "constructor"}}}', /got 'constructor'$/],
    [
      '{"scenarios": {"a": {"executor": "constant-arrival-rate", "rate": 1, "preAllocatedVUs": 5, "timeUnit": "0s", "duration": "1m"}}}',
      /^timeUnit must be at least 0.001s, got "0s"/,
    ],
    [
      '{"scenarios": {"a": {"executor": "externally-controlled"}}}',
      /^k6 scenario 'a' must have one of the executors .*, got 'externally-controlled', which k6 has removed in version 2: take constant-vus$/,
    ],
    ['{"vus": 10, "iterations": 5}', /^iterations must be at least vus \(10\), got 5/],
    ['{"vus": 3, "scenarios": {"a": {"executor": "constant-vus", "duration": "1m"}}}', /^k6 options must have vus or scenarios, got both/],
    [
      '{"duration": "1m", "stages": [{"duration": "1m", "target": 1}]}',
      /^k6 options must have one of .*, got stages and duration, which k6 rejects/,
    ],
    ['{"vus": 0, "duration": "1m"}', /^vus must be a whole number of at least 1, got 0/],
    ['{"stages": [{"duration": "1m", "target": 2.5}]}', /^target must be a whole number of at least 0, got 2.5/],
    ['{"stages": [{"duration": "1m"}]}', /^target must be a whole number of at least 0, got none/],
    ['{"scenarios": {"a": {"executor": "constant-arrival-rate", "rate": 1, "duration": "1m"}}}', /^preAllocatedVUs must be .*, got none/],
    [
      '{"scenarios": {"a": {"executor": "constant-vus", "duration": "90"}}}',
      /^duration must be at least 1s, got "90" .*: a number is milliseconds/,
    ],
    [
      '{"scenarios": {"a": {"executor": "constant-vus", "duration": "1m", "stages": []}}}',
      /^k6 scenario 'a' must have only fields of constant-vus, got 'stages'/,
    ],
  ])('%s are refused', (text, sentence) => {
    expect(() => parseK6(text, { ...ITERATION, thinkSeconds: 0 })).toThrowError(sentence);
  });

  test('report all errors together, those of the iteration too', () => {
    const text = '{"scenarios": {"a": {"executor": "constant-vus", "vus": -1, "duration": "x"}}}';
    expect(() => parseK6(text, { thinkSeconds: Number.NaN, requestsPerIteration: 0 })).toThrowError(
      expect.objectContaining({
        errors: [
          'think time must be at least 0 seconds, got NaN',
          'requests per iteration must be above 0, got 0',
          expect.stringContaining('vus must be'),
          expect.stringContaining('duration must be'),
        ],
      }) as InputError,
    );
  });
});

describe('k6 options are read as k6 reads them', () => {
  const traffic = (options: unknown, iteration: KnownIteration = ITERATION): string =>
    formatTraffic(parseK6(JSON.stringify(options), iteration));

  test.each([
    [{ VUs: '5', Duration: '1m' }, 'users 5 think 1s for 1m'],
    [{ vus: 5, duration: '1d' }, 'users 5 think 1s for 24h'],
    [{ vus: 5, duration: '.5m' }, 'users 5 think 1s for 30s'],
    [{ vus: 5, duration: '2000' }, 'users 5 think 1s for 2s'],
    [{ vus: 5, duration: '1d12h' }, 'users 5 think 1s for 36h'],
    [
      { scenarios: { a: { executor: 'ramping-vus', startvus: 0, stages: [{ duration: '1m', target: '9' }] } } },
      'users 0..9 one by one think 1s for 1m',
    ],
    [{ vus: 10, duration: '4s', rps: 5 }, 'users 10 think 1s for 4s, at most 5 rps'],
    [{ vus: 10, duration: '1m', executionSegment: '0:1/2' }, 'users 5 think 1s for 1m'],
    [{ vus: 5, duration: '1m', minIterationDuration: '3s' }, 'users 5 think 1s pacing 3s for 1m'],
  ])('%j', (options, words) => {
    expect(traffic(options)).toBe(words);
  });

  test.each([
    ['0:1/4', 8],
    ['1/4:1/2', 7],
    ['0:1/7', 5],
    ['1/2:1', 15],
  ])('the segment %s has %d of 30 iterations of a rate of 30 users', (executionSegment, rate) => {
    const load = { executor: 'constant-arrival-rate', rate: 30, duration: '1m', preAllocatedVUs: 30 };
    expect(traffic({ executionSegment, scenarios: { load } }, {})).toBe(`rps ${rate} for 1m`);
  });

  test('a pacing that is given overrides that of the script', () => {
    expect(traffic({ vus: 5, duration: '1m', minIterationDuration: '3s' }, { pacingSeconds: 2 })).toBe('users 5 pacing 2s for 1m');
  });

  test('the users of a rate limit it, if an iteration is known to sleep', () => {
    const options = { scenarios: { a: { executor: 'constant-arrival-rate', rate: 100, duration: '1m', preAllocatedVUs: 20 } } };
    expect(traffic(options)).toBe('rps 20 for 1m');
    expect(traffic(options, {})).toBe('rps 100 for 1m');
  });

  test('iterations last as long as their sleeps and responses', () => {
    expect(traffic({ vus: 5, iterations: 100 }, { thinkSeconds: 1, responseSeconds: 0.5 })).toBe('users 5 think 1s for 30s');
    expect(traffic({ vus: 5, iterations: 100, duration: '10s' })).toBe('users 5 think 1s for 10s');
    expect(() => traffic({ vus: 5, iterations: 100 }, {})).toThrowError(/ends with its iterations, and how long they take is not known/);
  });

  test('users beside a rate are both: a slow service gets fewer requests of users, and as many of a rate', () => {
    const scenarios = {
      browse: { executor: 'constant-vus', vus: 30, duration: '1m' },
      api: { executor: 'constant-arrival-rate', rate: 10, duration: '1m', preAllocatedVUs: 50 },
    };
    const traffic = (some: object): string => formatTraffic(parseK6(JSON.stringify({ scenarios: some }), { thinkSeconds: 2 }));
    expect(traffic(scenarios)).toBe('users 30 think 2s beside rps 10 for 1m');
    const ramp = {
      executor: 'ramping-arrival-rate',
      startRate: 20,
      startTime: '30s',
      preAllocatedVUs: 900,
      stages: [{ duration: '1m', target: 80 }],
    };
    expect(traffic({ ...scenarios, ramp })).toBe(
      'users 30 think 2s beside rps 10 for 30s, users 30 think 2s beside rps 30..60 for 30s, rps 50..80 for 30s',
    );
    const later = { ...scenarios, api: { ...scenarios.api, startTime: '1m' } };
    expect(traffic(later)).toBe('users 30 think 2s for 1m, rps 10 for 1m');
  });

  test.each([
    [
      '0:1/4',
      [
        [1, 0],
        [2, 1],
        [4, 1],
        [5, 1],
        [6, 2],
        [50, 13],
        [100, 25],
      ],
    ],
    [
      '1/4:1',
      [
        [1, 1],
        [2, 1],
        [3, 2],
        [4, 3],
        [50, 37],
      ],
    ],
    [
      '1/3',
      [
        [1, 0],
        [2, 1],
        [3, 1],
        [10, 3],
      ],
    ],
    [
      '50%',
      [
        [1, 1],
        [2, 1],
        [3, 2],
      ],
    ],
    ['0:1', [[7, 7]]],
  ] as const)('the segment %s has its own users as k6 deals them out', (segment, counts) => {
    expect(counts.map(([total]) => [total, parseK6Segment(segment)!.count(total)])).toEqual(counts);
  });

  test.each(['1/4:1/4', '2', '-1:1', 'a', '1/0', '0:1/2:1'])('%s is no segment', (text) => {
    expect(parseK6Segment(text)).toBeUndefined();
  });

  test('a segment of a ramp changes when k6 changes its users', () => {
    const stages = [{ duration: '8s', target: 8 }];
    // of the users 1 to 8, which start a second apart, the second and the sixth.
    expect(traffic({ stages: [{ duration: '0s', target: 0 }, ...stages], vus: 0, executionSegment: '0:1/4' })).toBe(
      'users 0 think 1s for 2s, users 1..2 one by one think 1s for 4s, users 2 think 1s for 2s',
    );
  });

  test('users who are not known to sleep have a remark', () => {
    expect(parseK6('{ "vus": 10, "duration": "5m" }', {}).remarks).toEqual([
      expect.stringMatching(/^the k6 script has no sleep that is known: each of up to 10 users/),
    ]);
    expect(parseK6('{ "vus": 10, "duration": "5m" }', { thinkSeconds: 0 }).remarks).toBeUndefined();
  });
});

test('scenarios add up to the sum of what each is alone, at any second', () => {
  const scenario = fc.record({
    executor: fc.constant('ramping-arrival-rate'),
    preAllocatedVUs: fc.constant(10_000),
    startTime: fc.integer({ min: 0, max: 100_000 }),
    stages: fc.array(fc.record({ duration: fc.integer({ min: 1000, max: 60_000 }), target: fc.integer({ min: 0, max: 1000 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
  });
  fc.assert(
    fc.property(fc.array(scenario, { minLength: 1, maxLength: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const parse = (several: typeof list) => parseK6(JSON.stringify({ scenarios: { ...several } }), ITERATION);
      const together = parse(list);
      const seconds = share * trafficSeconds(together) * 0.999;
      // at the very moment at which a scenario begins or ends, either value is right.
      fc.pre(list.every(({ startTime, stages }) => !isMomentOf(seconds, startTime, stages)));
      const alone = list
        .map((one) => parse([one]))
        .filter((traffic) => seconds < trafficSeconds(traffic))
        .map((traffic) => loadAt(traffic, seconds))
        .filter((arrival) => arrival.kind === 'rps');
      const sum = alone.reduce((total, arrival) => total + arrival.value, 0);
      const value = loadAt(together, seconds).value;
      expect(value).toBeCloseTo(sum, 3);
    }),
  );
});

/** Whether a scenario begins or ends within a millisecond of a second. */
function isMomentOf(seconds: number, startTime: number, stages: readonly { readonly duration: number }[]): boolean {
  const endTime = stages.reduce((time, { duration }) => time + duration, startTime);
  return [startTime, endTime].some((time) => Math.abs(seconds * 1000 - time) < 1);
}
