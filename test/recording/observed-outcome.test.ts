import { describe, expect, test } from 'vitest';
import { observedOutcome } from '../../src/recording/observed-outcome';
import type { RecordedPeriod } from '../../src/recording/recorded-period';
import { cpuTarget, searchPlan } from '../search-plan';
import { START_SECONDS } from './as-reported';

const PLAN = searchPlan(2, 6, [cpuTarget(50, { name: 'cpu' })]);

function minute(index: number, values: Partial<RecordedPeriod> = {}): RecordedPeriod {
  const usual = { requests: 600, cpuPercent: 30, runningTasks: 2, desiredTasks: 2, healthyHosts: 2 };
  return { startsAtSeconds: START_SECONDS + 60 * index, periodSeconds: 60, ...usual, ...values };
}

/** As `describe-scaling-activities` prints them. */
const ACTIVITIES = [
  {
    ActivityId: 'b',
    Description: 'Setting desired count to 2.',
    Cause: 'monitor alarm TargetTracking-service/shop/web-AlarmLow-1b in state ALARM triggered policy cpu',
    StartTime: new Date(1000 * (START_SECONDS + 400)).toISOString(),
    StatusCode: 'InProgress',
  },
  {
    ActivityId: 'n',
    Description: 'Attempting to scale due to alarm triggered',
    Cause: 'monitor alarm TargetTracking-service/shop/web-AlarmHigh-1a in state ALARM triggered policy cpu',
    StartTime: START_SECONDS + 250,
    EndTime: START_SECONDS + 250,
    StatusCode: 'Failed',
    NotScaledReasons: [{ Code: 'AlreadyAtMaxCapacity', MaxCapacity: 6, CurrentCapacity: 6 }],
  },
  {
    ActivityId: 'a',
    Description: 'Setting desired count to 3.',
    Cause: 'monitor alarm TargetTracking-service/shop/web-AlarmHigh-1a in state ALARM triggered policy cpu',
    StartTime: START_SECONDS + 100.5,
    EndTime: START_SECONDS + 140,
    StatusCode: 'Successful',
    StatusMessage: 'Successfully set desired count to 3. Change successfully fulfilled by ecs.',
  },
  {
    ActivityId: 's',
    Description: 'Setting min capacity to 2 and max capacity to 6',
    Cause: 'scheduled action name morning was triggered',
    StartTime: START_SECONDS + 50,
    StatusCode: 'Successful',
  },
];

/** The desired counts of ten minutes, of which the last ones report another. */
function desiredCounts(activities: readonly unknown[], reported: number): number[] {
  const periods = Array.from({ length: 10 }, (_, index) => minute(index, { desiredTasks: index < 6 ? 3 : reported }));
  return observe(periods, activities).outcome.timeline.map(({ desiredCount }) => desiredCount);
}

test('a desired count that was set by hand is no activity, and is that of the metric', () => {
  const scaled = ACTIVITIES.filter(({ ActivityId }) => ActivityId === 'a');
  expect(desiredCounts(scaled, 3).slice(2)).toEqual([3, 3, 3, 3, 3, 3, 3, 3]);
  expect(desiredCounts(scaled, 7).slice(2)).toEqual([3, 3, 3, 3, 7, 7, 7, 7]);
});

function observe(periods: readonly RecordedPeriod[], activities: readonly unknown[] | undefined = []) {
  return observedOutcome({ plan: PLAN, periods, activities, speed: 1 });
}

describe('scaling activities', () => {
  const { outcome } = observe(
    Array.from({ length: 10 }, (_, index) => minute(index, { desiredTasks: undefined })),
    ACTIVITIES,
  );

  test('are in the order of their time, with the counts from and to', () => {
    expect(outcome.activities.map(({ startSeconds, fromCapacity, toCapacity }) => [startSeconds, fromCapacity, toCapacity])).toEqual([
      [100.5, 2, 3],
      [400, 3, 2],
    ]);
    expect(outcome.activities[0]).toMatchObject({ endSeconds: 140, origin: 'target-tracking', metric: 'ECSServiceAverageCPUUtilization' });
    expect(outcome.activities[1]).not.toHaveProperty('endSeconds');
  });

  test('that did not scale have their reason', () => {
    expect(outcome.notScaled).toEqual([
      { startSeconds: 250, endSeconds: 250, reason: 'AlreadyAtMaxCapacity', currentCapacity: 6, cause: expect.any(String) },
    ]);
  });

  test('decide the desired count of each minute where no metric has it', () => {
    expect(outcome.timeline.map(({ desiredCount }) => desiredCount)).toEqual([2, 3, 3, 3, 3, 3, 2, 2, 2, 2]);
  });

  test('are read from the desired count where none are given, with a remark', () => {
    const desired = [2, 2, 4, 4, 3];
    const periods = desired.map((desiredTasks, index) => minute(index, { desiredTasks }));
    const { outcome: counted, remarks } = observedOutcome({ plan: PLAN, periods, speed: 1 });
    expect(counted.activities.map(({ startSeconds, fromCapacity, toCapacity }) => [startSeconds, fromCapacity, toCapacity])).toEqual([
      [150, 2, 4],
      [270, 4, 3],
    ]);
    expect(remarks).toEqual(['no scaling activities were given: they are read from the desired count of each minute']);
  });
});

describe('the timeline', () => {
  test('has requests without a healthy target as failed ones, which a target group does not count', () => {
    const { outcome } = observe([minute(0), minute(1, { requests: 540, elb503: 60, elb502: 30 })]);
    expect(outcome.timeline[1]).toMatchObject({ sentRequestsPerSecond: 10, servedRequestsPerSecond: 8.5, failedRequests: 90 });
    expect(outcome.totals).toMatchObject({ requests: 1200, failedRequests: 90, servedRequests: 1110 });
  });

  test('has no requests in a minute in which CloudWatch has no count of them', () => {
    const { outcome } = observe([minute(0), minute(1, { requests: undefined })]);
    expect(outcome.timeline[1]).toMatchObject({ sentRequestsPerSecond: 0, cpuUtilizationPercent: 30 });
  });

  test('has a line of requests over a gap, with a remark', () => {
    const { outcome, remarks } = observe([minute(0), minute(3, { requests: 2400 })]);
    expect(outcome.timeline.map(({ atSeconds, sentRequestsPerSecond }) => [atSeconds, sentRequestsPerSecond])).toEqual([
      [60, 10],
      [120, 20],
      [180, 30],
      [240, 40],
    ]);
    expect(outcome.timeline[1]).not.toHaveProperty('cpuUtilizationPercent', 30);
    expect(remarks).toEqual([expect.stringContaining('no datapoints from 1:00 to 3:00')]);
  });

  test('has the running tasks by the samples of their CPU where Container Insights are off', () => {
    const { outcome } = observe([minute(0, { runningTasks: undefined, cpuSamples: 5 })]);
    expect(outcome.timeline[0]).toMatchObject({ runningCount: 5 });
  });

  test('has the desired count as running tasks where nothing else is known of them', () => {
    const { outcome } = observe([minute(0, { runningTasks: undefined, healthyHosts: undefined, desiredTasks: 4 })]);
    expect(outcome.timeline[0]).toMatchObject({ desiredCount: 4, runningCount: 4, healthyCount: 4 });
  });

  test('is in any order, and what overlaps is there once', () => {
    const { outcome } = observe([minute(2), minute(0), minute(1), minute(1)]);
    expect(outcome.timeline.map(({ atSeconds }) => atSeconds)).toEqual([60, 120, 180]);
  });

  test('of an emulation is that of its sped-up clock, with the rates of this one', () => {
    const periods = [0, 1, 2].map((index) => ({
      ...minute(index),
      startsAtSeconds: START_SECONDS + 3 * index,
      periodSeconds: 3,
      requests: 30,
    }));
    const { outcome } = observedOutcome({ plan: PLAN, periods, activities: [], speed: 20 });
    expect(
      outcome.timeline.map(({ atSeconds, sentRequestsPerSecond }) => [Math.round(atSeconds), Math.round(sentRequestsPerSecond)]),
    ).toEqual([
      [60, 10],
      [120, 10],
      [180, 10],
    ]);
  });
});

test.each([
  ['no datapoints', [], 'the recording has no datapoints'],
  ['no requests', [minute(0, { requests: undefined }), minute(1, { requests: 0 })], 'the recording has no requests'],
])('%s is an error that says what is missing', (_, periods, message) => {
  expect(() => observe(periods)).toThrow(message);
});
