import { ZERO_COUNTERS } from '../../src/metrics/fleet-counters';
import { type ScalingPolicy, scalingPolicy } from '../../src/plan/policy';
import type { StepScaling } from '../../src/plan/step-scaling';
import type { TargetTracking } from '../../src/plan/target-tracking';
import { AWS_BEHAVIOR, type AwsBehavior } from '../../src/scaling/aws-behavior';
import type { Fleet, FleetCounters } from '../../src/scaling/fleet';
import { type LoopOptions, ScalingLoop } from '../../src/scaling/loop';
import { every } from '../../src/time/clock';
import { SimulatedClock } from '../../src/time/simulated-clock';

export const CPU: TargetTracking = {
  name: 'Cpu',
  metric: 'ECSServiceAverageCPUUtilization',
  targetValue: 60,
  scaleOutCooldownSeconds: 300,
  scaleInCooldownSeconds: 300,
  disableScaleIn: false,
};

export const REQUESTS: TargetTracking = { ...CPU, name: 'Requests', metric: 'ALBRequestCountPerTarget', targetValue: 600 };

/** Two tasks more where the CPU is over 80 % for two minutes, four where it is at 90 % or more. */
export const STEPS: StepScaling = {
  name: 'Steps',
  alarmName: 'Busy',
  metric: 'ECSServiceAverageCPUUtilization',
  statistic: 'Average',
  adjustmentType: 'ChangeInCapacity',
  alarm: {
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 80,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    treatMissingData: 'missing',
    periodSeconds: 60,
  },
  steps: [
    { lowerBound: 0, upperBound: 10, adjustment: 2 },
    { lowerBound: 10, adjustment: 4 },
  ],
  cooldownSeconds: 300,
};

/** Two tasks less where the CPU is under 30 % for two minutes. */
export const STEPS_DOWN: StepScaling = {
  ...STEPS,
  name: 'Down',
  alarmName: 'Idle',
  alarm: { ...STEPS.alarm, comparisonOperator: 'LessThanThreshold', threshold: 30 },
  steps: [{ upperBound: 0, adjustment: -2 }],
};

/** Tasks that share a load in cores and in requests per second, and that take a while to come and go. */
export class SharedLoad implements Fleet {
  public cores = 0;
  public requestsPerSecond = 0;
  public latencySeconds = 0;
  public changeSeconds = 30;
  /** Targets that requests are counted for; by default those that run. */
  public countedTargets: number | undefined;
  private wanted: number;
  private readonly counted = { ...ZERO_COUNTERS };
  public isDeploying = false;

  public constructor(
    private readonly clock: SimulatedClock,
    public runningCount: number,
  ) {
    this.wanted = runningCount;
    every(clock, { firstAtSeconds: 1, periodSeconds: 1 }, () => this.serve());
  }

  public get isSteady(): boolean {
    return this.runningCount === this.wanted;
  }

  public get counters(): FleetCounters {
    return { ...this.counted };
  }

  public setDesiredCount(desiredCount: number): void {
    this.wanted = desiredCount;
    this.clock.after(this.changeSeconds, () => {
      this.runningCount = this.wanted;
    });
  }

  private serve(): void {
    this.counted.seconds += 1;
    this.counted.requests += this.requestsPerSecond;
    this.counted.responses += this.requestsPerSecond;
    this.counted.p50ResponseSeconds += this.requestsPerSecond * this.latencySeconds;
    this.counted.p95ResponseSeconds += this.requestsPerSecond * this.latencySeconds;
    this.counted.p99ResponseSeconds += this.requestsPerSecond * this.latencySeconds;
    this.counted.cpuSeconds += Math.min(this.cores, this.runningCount);
    this.counted.cpuCapacitySeconds += this.runningCount;
    this.counted.healthyTargetSeconds += Math.max(1, this.countedTargets ?? this.runningCount);
  }
}

export interface StartOptions extends Partial<Omit<LoopOptions, 'policy' | 'behavior' | 'timing'>> {
  readonly policy?: Partial<ScalingPolicy>;
  readonly behavior?: Partial<AwsBehavior>;
}

/** A loop over tasks that share a load: periods end on the minute, are visible 5 s later, and are looked at then. */
export function startLoop({ policy = {}, behavior = {}, desiredCount = 2, ...options }: StartOptions) {
  const clock = new SimulatedClock();
  const fleet = new SharedLoad(clock, desiredCount);
  const timing = {
    firstPeriodEndsAtSeconds: 60,
    firstEvaluationAtSeconds: 65,
    metricDelaySeconds: 5,
    highResolutionDelaySeconds: 5,
    scheduledActionDelaySeconds: 16,
  };
  const { loop, stop } = ScalingLoop.start(clock, fleet, {
    ...options,
    policy: scalingPolicy({ minCapacity: 2, maxCapacity: 6, ...policy }),
    behavior: { ...AWS_BEHAVIOR, ...behavior },
    timing,
    desiredCount,
  });
  return { clock, fleet, loop, stop };
}

/** When, and from how many to how many. */
export function steps(loop: ScalingLoop): [number, number, number][] {
  return loop.activities.map((activity) => [activity.startSeconds, activity.fromCapacity, activity.toCapacity]);
}
