import type { Fault } from '../faults/fault-kinds';
import { type Lognormal, SeededRandom } from '../math/seeded-random';
import type { Plan } from '../plan/service-plan';
import { type AwsBehavior, launchSpread } from '../scaling/aws-behavior';
import type { LoopTiming } from '../scaling/loop-timing';
import type { PolicyChange, PredictedMinimum } from '../scaling/policies';
import type { CalendarTime } from '../time/calendar';
import type { Traffic } from '../traffic/traffic-phases';
import type { Workload } from '../workload/workload-parameters';

/** The input of a forecast and of a rehearsal. */
export interface Scenario {
  readonly plan: Plan;
  readonly workload: Workload;
  /**
   * The numbers of the workload that were not given. A report lists them.
   *
   * @default - none: all were given or measured
   */
  readonly workloadDefaults?: readonly (keyof Workload)[];
  readonly traffic: Traffic;
  /**
   * The traffic before the scenario: the load at its end is that of all minutes before.
   *
   * @default - the load at the start of the traffic; none where that is over a target, because the service would have scaled already
   */
  readonly history?: Traffic;
  readonly behavior: AwsBehavior;
  /**
   * The faults, with their times.
   *
   * @default - none
   */
  readonly faults?: readonly Fault[];
  /**
   * The compressed size of the image, which each launched task pulls, in MB.
   *
   * @default - the size that `behavior.provisioningSeconds` was measured with
   */
  readonly imageMegabytes?: number;
  /**
   * Whether tasks are registered as targets only once they listen, as in a rehearsal, where the start cannot be sped up.
   *
   * @default false, once their container has started, as in ECS
   */
  readonly registersOnceListening?: boolean;
  /**
   * Whether the workload is that of another service, as this one was not measured. No advice is given that depends on it alone.
   *
   * @default false
   */
  readonly isWorkloadAssumed?: boolean;
  /**
   * The time that it takes to exhaust the memory of a task, as in a rehearsal, where that cannot be sped up.
   *
   * @default 0
   */
  readonly memoryExhaustionSeconds?: number;
  /** The seed of all random decisions: the same seed gives the same outcome. */
  readonly seed: number;
  /**
   * The start of the scenario, in the time zone that all scheduled actions of the plan share, or else in UTC.
   *
   * @default - a Monday at 00:00
   */
  readonly startsAt?: CalendarTime;
  /**
   * Changes of policies while the scenario runs.
   *
   * @default - none
   */
  readonly policyChanges?: readonly PolicyChange[];
  /**
   * The minimum capacities that predictive scaling sets.
   *
   * @default - none
   */
  readonly predictedMinimums?: readonly PredictedMinimum[];
}

/** The timing of AWS, from the seed: a forecast and a rehearsal with the same seed have the same timing, so that they can be compared. */
export function randomTiming(scenario: Scenario): LoopTiming {
  const random = new SeededRandom(scenario.seed);
  const { periodSeconds, metricDelaySeconds, highResolutionDelaySeconds, scheduledActionDelaySeconds } = scenario.behavior;
  return {
    firstPeriodEndsAtSeconds: periodSeconds * (1 - random.uniform()),
    firstEvaluationAtSeconds: periodSeconds * (1 - random.uniform()),
    metricDelaySeconds: random.uniformIn(metricDelaySeconds),
    highResolutionDelaySeconds: random.uniformIn(highResolutionDelaySeconds),
    scheduledActionDelaySeconds: random.uniformIn(scheduledActionDelaySeconds),
  };
}

/** The random numbers for the provisioning times of the tasks, in the order of launch. */
export function provisioningRandom(scenario: Scenario): SeededRandom {
  return new SeededRandom(scenario.seed ^ 0x5eed);
}

/** The approximate size of the image that the default provisioning time was measured with. */
const MEASURED_IMAGE_MEGABYTES = 50;

/** The megabytes of an image that a task with 0.25 vCPU pulls in a second: images of 50 and 413 MB took 23 and 57 seconds to start. */
const PULLED_MEGABYTES_PER_SECOND = 11;

/**
 * The spread of the time from the launch of a task until its container starts: longer for a larger image on Fargate, which caches none. `isWarm` is that
 * of an instance out of a warm pool.
 */
export function launchTimeSpread({ plan, behavior, imageMegabytes = MEASURED_IMAGE_MEGABYTES }: Scenario, isWarm = false): Lognormal {
  if (isWarm) return behavior.warmStartSeconds;
  if (plan.capacity !== undefined) return behavior.taskOnInstanceSeconds;
  const { median, sigma } = launchSpread(behavior, plan.policy.platform);
  if (plan.policy.platform === 'ec2') return { median, sigma };
  const pullSeconds = (imageMegabytes - MEASURED_IMAGE_MEGABYTES) / PULLED_MEGABYTES_PER_SECOND;
  return { median: Math.max(1, median + pullSeconds), sigma };
}
