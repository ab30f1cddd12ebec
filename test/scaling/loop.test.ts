import { describe, expect, test } from 'vitest';
import type { TargetTracking } from '../../src/plan/target-tracking';
import { CPU, REQUESTS, STEPS, STEPS_DOWN, startLoop, steps } from './started-loop';

function start(targetTracking: readonly TargetTracking[], desiredCount = 2) {
  return startLoop({ policy: { targetTracking }, desiredCount });
}

describe('scaling out', () => {
  test('takes three minutes above the target, then goes in proportion', () => {
    const { clock, fleet, loop } = start([CPU]);
    fleet.cores = 1.8;
    clock.runUntil(400);
    expect(steps(loop)).toEqual([[185, 2, 3]]);
    expect(loop.activities[0]).toMatchObject({
      statusCode: 'Successful',
      endSeconds: 215,
      metricValue: expect.closeTo(90),
      cause: 'monitor alarm TargetTracking-Cpu-AlarmHigh in state ALARM triggered policy Cpu',
    });
  });

  test('does not happen for two minutes above the target', () => {
    const { clock, fleet, loop } = start([CPU]);
    fleet.cores = 1.8;
    clock.runUntil(120);
    fleet.cores = 0.8;
    clock.runUntil(900);
    expect(loop.activities).toEqual([]);
  });

  test('goes by the policy that asks for most', () => {
    const { clock, fleet, loop } = start([CPU, REQUESTS]);
    fleet.cores = 1.8;
    fleet.requestsPerSecond = 45;
    clock.runUntil(190);
    expect(steps(loop)).toEqual([[185, 2, 5]]);
    expect(loop.activities[0]!.metric).toBe('ALBRequestCountPerTarget');
  });

  test('within the cooldown is computed from the tasks before it, so that only a larger step counts', () => {
    const { clock, fleet, loop } = start([REQUESTS]);
    fleet.requestsPerSecond = 25;
    clock.runUntil(220);
    expect(steps(loop)).toEqual([[185, 2, 3]]);
    // 3 tasks at 900 would be 5 tasks; from the 2 before it, 3: already there.
    fleet.requestsPerSecond = 45;
    clock.runUntil(500);
    expect(steps(loop)).toEqual([[185, 2, 3]]);
    expect(loop.notScaled.map((entry) => entry.reason)).toEqual(['AlreadyAtDesiredCapacity']);
    // the cooldown ran from 215 on, when the third task ran.
    clock.runUntil(600);
    expect(steps(loop)[1]).toEqual([545, 3, 5]);
  });

  test('stops at the maximum and says so', () => {
    const { clock, fleet, loop } = start([REQUESTS]);
    fleet.requestsPerSecond = 500;
    clock.runUntil(700);
    expect(steps(loop)).toEqual([[185, 2, 6]]);
    expect(loop.activities[0]!.computedCapacity).toBe(50);
    expect(loop.notScaled.at(-1)).toMatchObject({ reason: 'AlreadyAtMaxCapacity', currentCapacity: 6 });
  });
});

describe('scaling in', () => {
  test('takes fifteen minutes, one task at a time, a cooldown after each has gone', () => {
    const { clock, loop } = start([CPU], 4);
    clock.runUntil(2000);
    expect(steps(loop)).toEqual([
      [905, 4, 3],
      // gone at 935, cooled down at 1235, and the alarm acts on the minute.
      [1265, 3, 2],
    ]);
    expect(loop.notScaled.at(-1)).toMatchObject({ reason: 'AlreadyAtMinCapacity' });
  });

  test('waits until every policy is low', () => {
    const { clock, fleet, loop } = start([CPU, REQUESTS], 4);
    fleet.requestsPerSecond = 38;
    clock.runUntil(1800);
    expect(loop.activities).toEqual([]);
    fleet.requestsPerSecond = 4;
    clock.runUntil(2800);
    expect(steps(loop)[0]).toEqual([2705, 4, 3]);
  });

  test('does not ask a policy whose scale-in is disabled', () => {
    const { clock, fleet, loop } = start([CPU, { ...REQUESTS, disableScaleIn: true }], 4);
    fleet.requestsPerSecond = 38;
    clock.runUntil(1000);
    expect(steps(loop)).toEqual([[905, 4, 3]]);
  });

  test('never happens where every scale-in is disabled', () => {
    const { clock, loop } = start([{ ...CPU, disableScaleIn: true }], 4);
    clock.runUntil(3000);
    expect(loop.activities).toEqual([]);
  });

  test('holds back from flapping', () => {
    const { clock, fleet, loop } = start([CPU], 3);
    fleet.cores = 1.5;
    clock.runUntil(1000);
    expect(loop.activities).toEqual([]);
    expect(loop.notScaled[0]).toMatchObject({ startSeconds: 905, reason: 'AutoScalingAnticipatedFlapping', currentCapacity: 3 });
  });

  test('in its cooldown does not hold back a step outwards, which ends that cooldown', () => {
    const { clock, fleet, loop } = start([CPU], 4);
    fleet.changeSeconds = 400;
    clock.runUntil(905);
    fleet.cores = 4;
    clock.runUntil(1200);
    expect(steps(loop)).toEqual([
      [905, 4, 3],
      [1085, 3, 6],
    ]);
    expect(loop.activities[0]!.statusCode).toBe('Overridden');
  });
});

test('the loop does nothing after it was stopped', () => {
  const { clock, fleet, loop, stop } = start([CPU]);
  fleet.cores = 2;
  stop();
  clock.runUntil(1000);
  expect(loop.activities).toEqual([]);
});

describe('what the tasks are doing', () => {
  test('a deployment holds back scaling in, and is named as the reason', () => {
    const { clock, fleet, loop } = start([CPU], 4);
    fleet.isDeploying = true;
    clock.runUntil(1000);
    expect(loop.activities).toEqual([]);
    expect(loop.notScaled).toMatchObject([{ startSeconds: 905, endSeconds: 965, reason: 'TargetServicePutResourceAsUnscalable' }]);
    fleet.isDeploying = false;
    clock.runUntil(1100);
    expect(steps(loop)).toEqual([[1025, 4, 3]]);
  });

  test('a deployment does not hold back scaling out', () => {
    const { clock, fleet, loop } = start([CPU]);
    fleet.isDeploying = true;
    fleet.cores = 2;
    clock.runUntil(200);
    expect(steps(loop)).toEqual([[185, 2, 4]]);
  });

  test('an activity whose tasks do not start times out, has no cooldown, and is repeated', () => {
    const { clock, fleet, loop } = startLoop({ policy: { targetTracking: [CPU] }, behavior: { unfulfilledAfterSeconds: 600 } });
    fleet.cores = 1.8;
    fleet.changeSeconds = 10_000;
    clock.runUntil(1000);
    expect(loop.activities[0]).toMatchObject({ startSeconds: 185, endSeconds: 785, statusCode: 'Unfulfilled' });
  });

  test('from no task, one datapoint of demand adds one', () => {
    const { clock, fleet, loop } = startLoop({ policy: { minCapacity: 0, targetTracking: [REQUESTS] }, desiredCount: 0 });
    // no target is healthy: the requests are counted for one.
    fleet.countedTargets = 1;
    fleet.requestsPerSecond = 100;
    clock.runUntil(100);
    expect(steps(loop)).toEqual([[65, 0, 1]]);
  });
});

describe('suspended scaling', () => {
  test.each([
    ['outwards', { scaleOut: true, scaleIn: false, schedules: false }, 1.9, 2],
    ['inwards', { scaleOut: false, scaleIn: true, schedules: false }, 0, 4],
  ])('%s does nothing in its direction', (_, suspended, cores, desiredCount) => {
    const { clock, fleet, loop } = startLoop({ policy: { targetTracking: [CPU], suspended }, desiredCount });
    fleet.cores = cores;
    clock.runUntil(2000);
    expect(loop.activities).toEqual([]);
  });
});

describe('what AWS does not say', () => {
  test('scale-in may go straight to the computed count', () => {
    const { clock, loop } = startLoop({ policy: { targetTracking: [CPU] }, behavior: { scaleInStep: 'proportional' }, desiredCount: 6 });
    clock.runUntil(1000);
    expect(steps(loop)).toEqual([[905, 6, 2]]);
  });

  test('scale-in may wait for the cooldown of a step outwards', () => {
    const run = (scaleOutBlocksScaleIn: boolean): number => {
      const cooldown = { ...CPU, scaleOutCooldownSeconds: 3000 };
      const { clock, fleet, loop } = startLoop({ policy: { targetTracking: [cooldown] }, behavior: { scaleOutBlocksScaleIn } });
      fleet.cores = 1.8;
      clock.runUntil(200);
      fleet.cores = 0;
      clock.runUntil(5000);
      return loop.activities[1]!.startSeconds;
    };
    expect([run(false), run(true)]).toEqual([1085, 3245]);
  });

  test('the decision may rest on the mean of the datapoints that raised the alarm', () => {
    const run = (decisionDatapoint: 'latest' | 'mean'): number => {
      const { clock, fleet, loop } = startLoop({
        policy: { maxCapacity: 50, targetTracking: [REQUESTS] },
        behavior: { decisionDatapoint },
      });
      // 30, 40 and 90 requests a second over 2 tasks are 900, 1,200 and 2,700 a minute for each: 1,600 on average.
      for (const [index, rate] of [30, 40, 90].entries()) {
        fleet.requestsPerSecond = rate;
        clock.runUntil(60 * (index + 1));
      }
      clock.runUntil(190);
      return loop.activities[0]!.toCapacity;
    };
    expect([run('latest'), run('mean')]).toEqual([9, 6]);
  });

  test('within a cooldown the base may be the tasks that run', () => {
    const { clock, fleet, loop } = startLoop({ policy: { targetTracking: [REQUESTS] }, behavior: { cooldownBase: 'running' } });
    fleet.requestsPerSecond = 25;
    clock.runUntil(220);
    fleet.requestsPerSecond = 45;
    clock.runUntil(400);
    expect(steps(loop)).toEqual([
      [185, 2, 3],
      // each step is computed from a minute that knew one task less: so many are too many.
      [245, 3, 4],
      [305, 4, 6],
    ]);
  });
});

describe('metrics of high resolution', () => {
  const FAST: TargetTracking = { ...CPU, metric: 'ECSServiceAverageCPUUtilizationHighResolution' };

  test('are answered after three periods of 20 seconds', () => {
    const { clock, fleet, loop } = start([FAST]);
    fleet.cores = 1.8;
    clock.runUntil(120);
    expect(steps(loop)).toEqual([[65, 2, 3]]);
  });

  test('scale in after fifteen minutes, or, as it is not documented, after fifteen of their own periods', () => {
    const run = (highResolutionLowAlarm: '15-minutes' | '15-datapoints'): number => {
      const { clock, loop } = startLoop({ policy: { targetTracking: [FAST] }, behavior: { highResolutionLowAlarm }, desiredCount: 4 });
      clock.runUntil(1000);
      return loop.activities[0]!.startSeconds;
    };
    expect([run('15-minutes'), run('15-datapoints')]).toEqual([905, 305]);
  });

  test('act once a minute, and leave the others their minute', () => {
    const { clock, fleet, loop } = start([FAST, REQUESTS]);
    fleet.cores = 1.2;
    fleet.requestsPerSecond = 25;
    clock.runUntil(400);
    expect(steps(loop)).toEqual([[185, 2, 3]]);
  });
});

describe('several kinds of policy', () => {
  test('scale out by the one that asks for most', () => {
    const { clock, fleet, loop } = startLoop({ policy: { maxCapacity: 20, targetTracking: [CPU], stepScaling: [STEPS] } });
    fleet.cores = 1.9;
    clock.runUntil(130);
    expect(steps(loop)).toEqual([[125, 2, 6]]);
  });

  test('target tracking does not hold back a step inwards', () => {
    const { clock, fleet, loop } = startLoop({ policy: { targetTracking: [CPU, REQUESTS], stepScaling: [STEPS_DOWN] }, desiredCount: 6 });
    fleet.requestsPerSecond = 58;
    clock.runUntil(130);
    expect(steps(loop)).toEqual([[125, 6, 4]]);
  });
});
