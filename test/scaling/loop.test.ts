import { describe, expect, test } from 'vitest';
import { scalingPolicy } from '../../src/plan/policy';
import type { TargetTracking } from '../../src/plan/target-tracking';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { type Fleet, type FleetCounters, NOTHING_COUNTED } from '../../src/scaling/fleet';
import { ScalingLoop } from '../../src/scaling/loop';
import { every } from '../../src/time/every';
import { SimulatedTime } from '../../src/time/simulated-time';

const CPU: TargetTracking = {
  name: 'Cpu',
  metric: 'ECSServiceAverageCPUUtilization',
  targetValue: 60,
  scaleOutCooldownSeconds: 300,
  scaleInCooldownSeconds: 300,
  disableScaleIn: false,
};
const REQUESTS: TargetTracking = { ...CPU, name: 'Requests', metric: 'ALBRequestCountPerTarget', targetValue: 600 };

/** Tasks that share a load in cores and in requests per second, and that take a while to come and go. */
class SharedLoad implements Fleet {
  public cores = 0;
  public requestsPerSecond = 0;
  public changeSeconds = 30;
  private wanted: number;
  private readonly counted = { ...NOTHING_COUNTED };
  public isDeploying = false;

  public constructor(
    private readonly time: SimulatedTime,
    public runningCount: number,
  ) {
    this.wanted = runningCount;
    every(time, { firstAtSeconds: 1, periodSeconds: 1 }, () => this.serve());
  }

  public get isSteady(): boolean {
    return this.runningCount === this.wanted;
  }

  public get counters(): FleetCounters {
    return { ...this.counted };
  }

  public setDesiredCount(desiredCount: number): void {
    this.wanted = desiredCount;
    this.time.after(this.changeSeconds, () => {
      this.runningCount = this.wanted;
    });
  }

  private serve(): void {
    this.counted.requests += this.requestsPerSecond;
    this.counted.cpuSeconds += Math.min(this.cores, this.runningCount);
    this.counted.cpuCapacitySeconds += this.runningCount;
    this.counted.healthyTargetSeconds += this.runningCount;
  }
}

function start(policies: readonly TargetTracking[], tasks = 2, bounds = { minCapacity: 2, maxCapacity: 6 }) {
  const time = new SimulatedTime();
  const fleet = new SharedLoad(time, tasks);
  const timing = {
    firstPeriodEndsAtSeconds: 60,
    firstEvaluationAtSeconds: 65,
    metricDelaySeconds: 5,
    highResolutionDelaySeconds: 5,
    scheduledActionDelaySeconds: 16,
  };
  const policy = scalingPolicy({ ...bounds, targetTracking: policies });
  const { loop, stop } = ScalingLoop.start(time, fleet, { policy, behavior: AWS_BEHAVIOR, timing, desiredCount: tasks });
  return { time, fleet, loop, stop };
}

/** When, and from how many to how many. */
function steps(loop: ScalingLoop): [number, number, number][] {
  return loop.activities.map((activity) => [activity.startSeconds, activity.fromCapacity, activity.toCapacity]);
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
