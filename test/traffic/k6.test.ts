import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InputError } from '../../src/parse/input-error';
import { parseK6 } from '../../src/traffic/k6';
import { loadAt, type TrafficPhase, trafficSeconds } from '../../src/traffic/traffic-phases';

const ITERATION = { thinkSeconds: 1, requestsPerIteration: 1 };

function phasesOf(options: unknown, iteration = ITERATION): TrafficPhase[] {
  return [...parseK6(JSON.stringify(options), iteration).phases];
}

function users(from: number, to: number, durationSeconds: number, thinkSeconds = 1): TrafficPhase {
  return { kind: 'users', from, to, thinkSeconds, durationSeconds };
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
    ['ramping-arrival-rate', { startRate: 60, timeUnit: '1m', stages: [{ duration: '1m', target: 600 }] }, [rps(1, 10, 60)]],
    ['constant-arrival-rate', { rate: 30, duration: '2m', preAllocatedVUs: 5 }, [rps(30, 30, 120)]],
  ])('take a scenario of the executor %s', (executor, fields, phases) => {
    expect(phasesOf({ scenarios: { one: { executor, ...fields } } })).toEqual(phases);
  });

  test('add scenarios up that run beside each other, each from its start time on', () => {
    const base = { executor: 'constant-arrival-rate', rate: 10, duration: '60s' };
    const burst = {
      executor: 'ramping-arrival-rate',
      startTime: '30s',
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
      api: { executor: 'constant-arrival-rate', rate: 7, duration: '10s', startTime: '20s' },
    };
    expect(phasesOf({ scenarios })).toEqual([users(5, 5, 10), users(0, 0, 10, 0), rps(7, 7, 10)]);
  });

  test('multiply rates by the requests of an iteration, and part its sleep among them', () => {
    const iteration = { thinkSeconds: 3, requestsPerIteration: 2 };
    expect(phasesOf({ scenarios: { a: { executor: 'constant-arrival-rate', rate: 10, duration: '1m' } } }, iteration)).toEqual([
      rps(20, 20, 60),
    ]);
    expect(phasesOf({ vus: 4, duration: '1m' }, iteration)).toEqual([users(4, 4, 60, 1.5)]);
  });

  test.each([
    ['nonsense', /^the k6 options must be JSON such as .*, got 'nonsense'$/],
    ['[]', /^the k6 options must be a JSON object/],
    ['{}', /^k6 options must have scenarios with the executors ramping-vus, .*, or stages, or vus and duration$/],
    ['{"scenarios": {}}', /^scenarios must have at least one entry, got {} in k6 options$/],
    ['{"stages": []}', /^stages must have at least one entry, got \[\]/],
    [
      '{"stages": [{"duration": "5 minutes", "target": 1}]}',
      /^duration must be a duration such as 90s or 5m, got "5 minutes" in stages 1 of/,
    ],
    ['{"stages": [{"duration": "5m", "target": -1}]}', /^target must be a number of at least 0, got -1 in stages 1/],
    ['{"stages": [{"duration": "5m", "target": 10000000}]}', /^users must be from 0 to 1000000, got 10000000$/],
    ['{"stages": [7]}', /^stages 1 of k6 options must be an object, got 7$/],
    ['{"stages": [{"duration": "0s", "target": 1}]}', /^traffic must last at least 1 second/],
    ['{"scenarios": {"a": {"executor": "constructor"}}}', /got 'constructor'$/],
    [
      '{"scenarios": {"a": {"executor": "constant-arrival-rate", "rate": 1, "timeUnit": "0s", "duration": "1m"}}}',
      /^requests per second must be from 0 to 1000000, got Infinity$/,
    ],
    [
      '{"scenarios": {"a": {"executor": "shared-iterations"}}}',
      /^k6 scenario 'a' must have one of the executors .*, whose load is known beforehand, got 'shared-iterations'$/,
    ],
    [
      '{"scenarios": {"a": {"executor": "constant-vus", "vus": 1, "duration": "1m"}, "b": {"executor": "constant-arrival-rate", "rate": 1, "duration": "1m"}}}',
      /^k6 scenario 'a' and k6 scenario 'b' must not run at the same time, as one has users and the other a rate$/,
    ],
  ])('%s are refused', (text, sentence) => {
    expect(() => parseK6(text, ITERATION)).toThrowError(sentence);
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

test('scenarios add up to the sum of what each is alone, at any second', () => {
  const scenario = fc.record({
    executor: fc.constant('ramping-arrival-rate'),
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
