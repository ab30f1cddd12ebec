import { Duration } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { AwsBehavior, Fault, type ForecastOptions, Traffic, Workload } from '../../src';
import { synthesize } from '../synthesize';

const { service } = synthesize({ targetCpuUtilizationPercent: 70, requestsPerSecondPerTask: 5000 });

/** The spike of the write-up whose search service was measured. */
const SPIKE: ForecastOptions = {
  traffic: Traffic.users(30)
    .followedBy(Traffic.rampUsers(120, Duration.minutes(5)))
    .hold(Duration.minutes(30)),
  workload: Workload.of({ cpuPerRequest: Duration.millis(0.12), baseLatency: Duration.millis(31) }),
  seeds: 20,
};

describe('an outcome', () => {
  const outcome = service.forecast(SPIKE);

  test('says what a test wants to know', () => {
    expect(outcome.maxTasks).toBe(3);
    expect(outcome.failedRequests).toBe(0);
    expect(outcome.secondsOverTarget).toBeLessThan(600);
  });

  test('is of one run: its numbers agree with each other', () => {
    expect(Math.max(...outcome.timeline.map((row) => row.desiredCount))).toBe(outcome.maxTasks);
    expect(outcome.totals).toMatchObject({ maxTasks: outcome.maxTasks, failedRequests: outcome.failedRequests });
    expect(outcome.activities[0]).toMatchObject({ fromCapacity: 2, toCapacity: 3, statusCode: 'Successful' });
    const served = outcome.timeline.reduce((sum, row) => sum + 60 * row.servedRequestsPerSecond, 0);
    expect(served).toBeCloseTo(outcome.totals.servedRequests, 3);
  });

  test('is the run of its seed: asked with it alone, the answer is the same', () => {
    const alone = service.forecast({ ...SPIKE, seed: outcome.seed, seeds: 1 });
    expect(alone.timeline).toEqual(outcome.timeline);
    expect(alone.activities).toEqual(outcome.activities);
    expect(alone.totals).toEqual(outcome.totals);
  });

  test('lies within its band, and names how many seeds the band is of', () => {
    expect(outcome.band.seeds).toBe(20);
    expect(outcome.band.maxTasks.median).toBe(outcome.maxTasks);
    expect(outcome.band.secondsOverTarget.low).toBeLessThan(outcome.band.secondsOverTarget.high);
    expect(outcome.secondsOverTarget).toBeGreaterThanOrEqual(outcome.band.secondsOverTarget.low);
    expect(outcome.secondsOverTarget).toBeLessThanOrEqual(outcome.band.secondsOverTarget.high);
  });

  test('answers the same question with the same words', () => {
    const again = service.forecast(SPIKE);
    for (const write of ['toJson', 'toCsv', 'toText', 'toSvg', 'toHtml'] as const) expect(again[write]()).toBe(outcome[write]());
  });

  test('is explained: a sentence for each activity comes first', () => {
    expect(outcome.explain()[0]).toMatch(/2 -> 3 tasks: ECSServiceAverageCPUUtilization was/);
  });

  test('can be had as JSON, with the question in it', () => {
    const json = JSON.parse(outcome.toJson());
    expect(json.outcome.totals.maxTasks).toBe(3);
    expect(json.workload.cpuSecondsPerRequest).toBe(0.000_12);
    expect(json.band.seeds).toBe(20);
  });

  test('can be had as CSV, a row for each minute', () => {
    expect(outcome.toCsv().trim().split('\r\n')).toHaveLength(1 + outcome.timeline.length);
  });

  test('can be had as text, as a terminal shows it', () => {
    expect(outcome.toText()).toMatch(/desired count to 3/);
  });

  test('can be had as a chart and as a page with a title', () => {
    expect(outcome.toSvg('A spike')).toMatch(/^<svg[\s\S]*A spike[\s\S]*<\/svg>\s*$/);
    expect(outcome.toHtml('A spike')).toContain('<title>A spike</title>');
  });
});

describe('a fault', () => {
  test('is in the events of the outcome', () => {
    const outcome = service.forecast({
      traffic: Traffic.users(5, Duration.minutes(15)),
      faults: [Fault.stopTask({ at: Duration.minutes(5) })],
      seeds: 1,
    });
    expect(outcome.events[0]).toMatchObject({ atSeconds: 300, kind: 'fault', description: '1 task was stopped' });
  });
});

describe('what AWS does not say', () => {
  test('is tried one by one: a faster metric makes the first step earlier, and the band reaches to it', () => {
    const outcome = service.forecast({ ...SPIKE, seeds: 25 });
    const faster = outcome.sensitivity().find(({ setting }) => setting === 'metricDelaySeconds')!;
    expect(JSON.parse(faster.value)).toEqual({ min: 30, max: 90 });
    expect(faster.band.seeds).toBe(5);
    expect(faster.band.firstScaleOutSeconds!.median).toBeLessThan(outcome.band.firstScaleOutSeconds!.median);
    expect(outcome.band.firstScaleOutSeconds!.low).toBeLessThanOrEqual(faster.band.firstScaleOutSeconds!.low);
    expect(JSON.parse(outcome.toJson()).sensitivity).toEqual(outcome.sensitivity());
    expect(outcome.toText()).toMatch(/Where AWS behaves otherwise\n {2}(.*\n {2})*metricDelaySeconds/);
    expect(outcome.toHtml()).toContain('Where AWS behaves otherwise');
  });

  test('a history gives the alarms their datapoints: a load that was high before scales at once', () => {
    const traffic = Traffic.requestsPerSecond(3000, Duration.minutes(15));
    const firstScaleOut = (options: Partial<ForecastOptions>): number =>
      service.forecast({ ...SPIKE, traffic, seeds: 5, ...options }).band.firstScaleOutSeconds!.median;
    expect(firstScaleOut({ history: traffic })).toBeLessThan(65);
    expect(firstScaleOut({ history: Traffic.requestsPerSecond(0, Duration.minutes(15)) })).toBe(firstScaleOut({}));
    const outcome = service.forecast({ ...SPIKE, seeds: 1, history: traffic });
    expect(outcome.toText()).toContain('before it: rps 3000 for 15m');
    expect(JSON.parse(outcome.toJson()).history).toBe('rps 3000 for 15m');
    const history = Traffic.requestsPerSecond(-1, Duration.minutes(15));
    expect(() => service.forecast({ ...SPIKE, history })).toThrow(/must be from 0 to 1000000, got -1/);
  });

  test('can be said', () => {
    const question: ForecastOptions = {
      traffic: Traffic.requestsPerSecond(6000, Duration.minutes(15)).followedBy(Traffic.requestsPerSecond(1, Duration.minutes(40))),
      seeds: 1,
    };
    const [oneByOne, atOnce] = ['{}', '{"scaleInStep": "proportional"}']
      .map(AwsBehavior.fromJson)
      .map((behavior) => service.forecast({ ...question, behavior }));
    const stepsIn = (outcome: typeof oneByOne): number => outcome!.activities.filter((each) => each.toCapacity < each.fromCapacity).length;
    expect(stepsIn(atOnce)).toBe(1);
    expect(stepsIn(oneByOne)).toBeGreaterThan(1);
  });
});

test('every error of a scenario is reported at once', () => {
  expect(() =>
    service.forecast({
      traffic: Traffic.users(10_000_000, Duration.minutes(5)).atMost(-1),
      workload: Workload.of({ cpuPerRequest: Duration.millis(0), idleVcpu: 1 }),
      faults: [Fault.stopTask({ at: Duration.minutes(10), count: 0 })],
      seed: -1,
      seeds: 0,
      startsAt: 'Monday',
    }),
  ).toThrow(
    [
      'users must be from 0 to 1000000, got 10000000',
      'the client limit must be above 0 and at most 1000000, got -1',
      'CPU per request must be above 0, got 0 ms',
      'idle vCPU must be from 0 to below the 0.25 vCPU of a task, got 1',
      'stop-task must affect a whole number of at least 1 task, got 0',
      'seed must be a whole number from 0 to 4294967295, got -1',
      "startsAt must be a date and time such as 2026-11-27T08:30, got 'Monday'",
      'seeds must be a whole number from 1 to 10000, got 0',
    ].join('\n'),
  );
});

test('a fault after the end of the traffic is refused', () => {
  const faults = [Fault.deploy(Duration.minutes(6))];
  expect(() => service.forecast({ traffic: Traffic.users(1, Duration.minutes(5)), faults })).toThrow(
    /^deploy must come before the traffic ends at 5m, got 6m$/,
  );
});
