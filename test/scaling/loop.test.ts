import { describe, expect, test } from 'vitest';
import type { TargetTracking } from '../../src/plan/target-tracking';
import { CPU, REQUESTS, STEPS, STEPS_DOWN, startLoop, steps } from './started-loop';

function start(targetTracking: readonly TargetTracking[], desiredCount = 2) {
  return startLoop({ policy: { targetTracking }, desiredCount });
}

describe('scaling out', () => {
  test('takes three minutes above the target, then goes in proportion', () => {
    const { time, fleet, loop } = start([CPU]);
    fleet.cores = 1.8;
    time.runUntil(400);
    expect(steps(loop)).toEqual([[185, 2, 3]]);
    expect(loop.activities[0]).toMatchObject({
      statusCode: 'Successful',
      endSeconds: 215,
      metricValue: expect.closeTo(90),
      cause: 'monitor alarm TargetTracking-Cpu-AlarmHigh in state ALARM triggered policy Cpu',
    });
  });

  test('does not happen for two minutes above the target', () => {
    const { time, fleet, loop } = start([CPU]);
    fleet.cores = 1.8;
    time.runUntil(120);
    fleet.cores = 0.8;
    time.runUntil(900);
    expect(loop.activities).toEqual([]);
  });

  test('goes by the policy that asks for most', () => {
    const { time, fleet, loop } = start([CPU, REQUESTS]);
    fleet.cores = 1.8;
    fleet.requestsPerSecond = 45;
    time.runUntil(190);
    expect(steps(loop)).toEqual([[185, 2, 5]]);
    expect(loop.activities[0]!.metric).toBe('ALBRequestCountPerTarget');
  });

  test('within the cooldown is computed from the tasks before it, so that only a larger step counts', () => {
    const { time, fleet, loop } = start([REQUESTS]);
    fleet.requestsPerSecond = 25;
    time.runUntil(220);
    expect(steps(loop)).toEqual([[185, 2, 3]]);
    // 3 tasks at 900 would be 5 tasks; from the 2 before it, 3: already there.
    fleet.requestsPerSecond = 45;
    time.runUntil(500);
    expect(steps(loop)).toEqual([[185, 2, 3]]);
    expect(loop.notScaled.map((entry) => entry.reason)).toEqual(['AlreadyAtDesiredCapacity']);
    // the cooldown ran from 215 on, when the third task ran.
    time.runUntil(600);
    expect(steps(loop)[1]).toEqual([545, 3, 5]);
  });

  test('stops at the maximum and says so', () => {
    const { time, fleet, loop } = start([REQUESTS]);
    fleet.requestsPerSecond = 500;
    time.runUntil(700);
    expect(steps(loop)).toEqual([[185, 2, 6]]);
    expect(loop.activities[0]!.computedCapacity).toBe(50);
    expect(loop.notScaled.at(-1)).toMatchObject({ reason: 'AlreadyAtMaxCapacity', currentCapacity: 6 });
  });
});

describe('scaling in', () => {
  test('takes fifteen minutes, one task at a time, a cooldown after each has gone', () => {
    const { time, loop } = start([CPU], 4);
    time.runUntil(2000);
    expect(steps(loop)).toEqual([
      [905, 4, 3],
      // gone at 935, cooled down at 1235, and the alarm acts on the minute.
      [1265, 3, 2],
    ]);
    expect(loop.notScaled.at(-1)).toMatchObject({ reason: 'AlreadyAtMinCapacity' });
  });

  test('waits until every policy is low', () => {
    const { time, fleet, loop } = start([CPU, REQUESTS], 4);
    fleet.requestsPerSecond = 38;
    time.runUntil(1800);
    expect(loop.activities).toEqual([]);
    fleet.requestsPerSecond = 4;
    time.runUntil(2800);
    expect(steps(loop)[0]).toEqual([2705, 4, 3]);
  });

  test('does not ask a policy whose scale-in is disabled', () => {
    const { time, fleet, loop } = start([CPU, { ...REQUESTS, disableScaleIn: true }], 4);
    fleet.requestsPerSecond = 38;
    time.runUntil(1000);
    expect(steps(loop)).toEqual([[905, 4, 3]]);
  });

  test('never happens where every scale-in is disabled', () => {
    const { time, loop } = start([{ ...CPU, disableScaleIn: true }], 4);
    time.runUntil(3000);
    expect(loop.activities).toEqual([]);
  });

  test('holds back from flapping', () => {
    const { time, fleet, loop } = start([CPU], 3);
    fleet.cores = 1.5;
    time.runUntil(1000);
    expect(loop.activities).toEqual([]);
    expect(loop.notScaled[0]).toMatchObject({ startSeconds: 905, reason: 'AutoScalingAnticipatedFlapping', currentCapacity: 3 });
  });

  test('in its cooldown does not hold back a step outwards, which ends that cooldown', () => {
    const { time, fleet, loop } = start([CPU], 4);
    fleet.changeSeconds = 400;
    time.runUntil(905);
    fleet.cores = 4;
    time.runUntil(1200);
    expect(steps(loop)).toEqual([
      [905, 4, 3],
      [1085, 3, 6],
    ]);
    expect(loop.activities[0]!.statusCode).toBe('Overridden');
  });
});

test('the loop does nothing after it was stopped', () => {
  const { time, fleet, loop, stop } = start([CPU]);
  fleet.cores = 2;
  stop();
  time.runUntil(1000);
  expect(loop.activities).toEqual([]);
});

describe('what the tasks are doing', () => {
  test('a deployment holds back scaling in, and is named as the reason', () => {
    const { time, fleet, loop } = start([CPU], 4);
    fleet.isDeploying = true;
    time.runUntil(1000);
    expect(loop.activities).toEqual([]);
    expect(loop.notScaled).toMatchObject([{ startSeconds: 905, endSeconds: 965, reason: 'TargetServicePutResourceAsUnscalable' }]);
    fleet.isDeploying = false;
    time.runUntil(1100);
    expect(steps(loop)).toEqual([[1025, 4, 3]]);
  });

  test('a deployment does not hold back scaling out', () => {
    const { time, fleet, loop } = start([CPU]);
    fleet.isDeploying = true;
    fleet.cores = 2;
    time.runUntil(200);
    expect(steps(loop)).toEqual([[185, 2, 4]]);
  });

  test('tasks that do not come are given up, hold nothing back, and are asked for again', () => {
    const { time, fleet, loop } = startLoop({ policy: { targetTracking: [CPU] }, behavior: { unfulfilledAfterSeconds: 600 } });
    fleet.cores = 1.8;
    fleet.changeSeconds = 10_000;
    time.runUntil(1000);
    expect(loop.activities[0]).toMatchObject({ startSeconds: 185, endSeconds: 785, statusCode: 'Unfulfilled' });
  });

  test('from no task, one datapoint of demand adds one', () => {
    const { time, fleet, loop } = startLoop({ policy: { minCapacity: 0, targetTracking: [REQUESTS] }, desiredCount: 0 });
    // nobody is there to be healthy: the requests are counted for one.
    fleet.countedTargets = 1;
    fleet.requestsPerSecond = 100;
    time.runUntil(100);
    expect(steps(loop)).toEqual([[65, 0, 1]]);
  });
});

describe('suspended scaling', () => {
  test.each([
    ['outwards', { scaleOut: true, scaleIn: false, schedules: false }, 1.9, 2],
    ['inwards', { scaleOut: false, scaleIn: true, schedules: false }, 0, 4],
  ])('%s does nothing in its direction', (_, suspended, cores, desiredCount) => {
    const { time, fleet, loop } = startLoop({ policy: { targetTracking: [CPU], suspended }, desiredCount });
    fleet.cores = cores;
    time.runUntil(2000);
    expect(loop.activities).toEqual([]);
  });
});

describe('what AWS does not say', () => {
  test('scale-in may go straight to the computed count', () => {
    const { time, loop } = startLoop({ policy: { targetTracking: [CPU] }, behavior: { scaleInStep: 'proportional' }, desiredCount: 6 });
    time.runUntil(1000);
    expect(steps(loop)).toEqual([[905, 6, 2]]);
  });

  test('scale-in may wait for the cooldown of a step outwards', () => {
    const run = (scaleOutBlocksScaleIn: boolean): number => {
      const cooldown = { ...CPU, scaleOutCooldownSeconds: 3000 };
      const { time, fleet, loop } = startLoop({ policy: { targetTracking: [cooldown] }, behavior: { scaleOutBlocksScaleIn } });
      fleet.cores = 1.8;
      time.runUntil(200);
      fleet.cores = 0;
      time.runUntil(5000);
      return loop.activities[1]!.startSeconds;
    };
    expect([run(false), run(true)]).toEqual([1085, 3245]);
  });

  test('the decision may rest on the mean of the datapoints that raised the alarm', () => {
    const run = (decisionDatapoint: 'latest' | 'mean'): number => {
      const { time, fleet, loop } = startLoop({ policy: { maxCapacity: 50, targetTracking: [REQUESTS] }, behavior: { decisionDatapoint } });
      // 30, 40 and 90 requests a second over 2 tasks are 900, 1,200 and 2,700 a minute for each: 1,600 on average.
      for (const [index, rate] of [30, 40, 90].entries()) {
        fleet.requestsPerSecond = rate;
        time.runUntil(60 * (index + 1));
      }
      time.runUntil(190);
      return loop.activities[0]!.toCapacity;
    };
    expect([run('latest'), run('mean')]).toEqual([9, 6]);
  });

  test('within a cooldown the base may be the tasks that run', () => {
    const { time, fleet, loop } = startLoop({ policy: { targetTracking: [REQUESTS] }, behavior: { cooldownBase: 'running' } });
    fleet.requestsPerSecond = 25;
    time.runUntil(220);
    fleet.requestsPerSecond = 45;
    time.runUntil(400);
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
    const { time, fleet, loop } = start([FAST]);
    fleet.cores = 1.8;
    time.runUntil(120);
    expect(steps(loop)).toEqual([[65, 2, 3]]);
  });

  test('scale in after fifteen minutes, or, as nobody knows, after fifteen of their own periods', () => {
    const run = (highResolutionLowAlarm: '15-minutes' | '15-datapoints'): number => {
      const { time, loop } = startLoop({ policy: { targetTracking: [FAST] }, behavior: { highResolutionLowAlarm }, desiredCount: 4 });
      time.runUntil(1000);
      return loop.activities[0]!.startSeconds;
    };
    expect([run('15-minutes'), run('15-datapoints')]).toEqual([905, 305]);
  });

  test('act once a minute, and leave the others their minute', () => {
    const { time, fleet, loop } = start([FAST, REQUESTS]);
    fleet.cores = 1.2;
    fleet.requestsPerSecond = 25;
    time.runUntil(400);
    expect(steps(loop)).toEqual([[185, 2, 3]]);
  });
});

describe('several kinds of policy', () => {
  test('scale out by the one that asks for most', () => {
    const { time, fleet, loop } = startLoop({ policy: { maxCapacity: 20, targetTracking: [CPU], stepScaling: [STEPS] } });
    fleet.cores = 1.9;
    time.runUntil(130);
    expect(steps(loop)).toEqual([[125, 2, 6]]);
  });

  test('target tracking does not hold back a step inwards', () => {
    const { time, fleet, loop } = startLoop({ policy: { targetTracking: [CPU, REQUESTS], stepScaling: [STEPS_DOWN] }, desiredCount: 6 });
    fleet.requestsPerSecond = 58;
    time.runUntil(130);
    expect(steps(loop)).toEqual([[125, 6, 4]]);
  });
});
