import type { LatencyBandSeconds } from '../queueing/latency';
import { MAX_UTILIZATION } from '../queueing/queueing-model';
import type { RequestCounts } from './request-counts';
import type { RequestTreatment } from './request-treatment';

/** If the requests in flight grow by less than this share of the requests that arrive, they reach their steady number at once. */
const MIN_GROWTH_SHARE = 0.001;

/** The requests in flight have reached their steady number when less than this share is missing. */
const NEGLIGIBLE_SHARE = 1e-6;

/** A step of an open load. */
export interface OpenLoadStep {
  /** The rate of all requests together. */
  readonly perSecond: number;
  /** The rate of the requests that one of them meets: fewer than all, if some are of users, who send one at a time. */
  readonly metPerSecond?: number;
  readonly seconds: number;
  /** How much longer each request waits for a slow dependency. */
  readonly dependencyDelaySeconds: number;
}

/** What a task gets in a step of an open load, and what it can do with it: the same for all tasks with one treatment. */
export class TaskLoad {
  public readonly capacityPerSecond: number;
  public readonly latency: LatencyBandSeconds;
  /** The latency that decides which requests are late: beyond the capacity only the queue makes them late, which has its own limit. */
  public readonly latencyOfLate: LatencyBandSeconds;
  public readonly isNoneLate: boolean;
  /** The number in flight that is approached: rate × latency (Little's law). */
  public readonly steadyInFlight: number;
  public readonly arrivedRequests: number;
  /** Requests in flight that use no CPU of the task: in the network, or waiting for a dependency. */
  public readonly outsideTask: number;
  public readonly minGrowth: number;
  /** The requests that the task can serve in the step. */
  public readonly capacity: number;
  /** With more requests in flight, some reach the idle timeout. */
  public readonly timeoutInFlight: number;
  public readonly delaySeconds: number;

  public constructor(
    treatment: RequestTreatment,
    { perSecond: perSecondOfAll, metPerSecond = perSecondOfAll, seconds, dependencyDelaySeconds }: OpenLoadStep,
    counts: RequestCounts,
  ) {
    const model = treatment.queueingModel!;
    const perSecond = perSecondOfAll * treatment.shareOfTask;
    const maxPerSecond = MAX_UTILIZATION * model.capacityPerSecond;
    this.latency = model.latencyOfStep(metPerSecond * treatment.shareOfTask);
    this.latencyOfLate = perSecond >= maxPerSecond ? model.latencyOfStep(0) : this.latency;
    this.isNoneLate = counts.isNoneLate(this.latencyOfLate, dependencyDelaySeconds);
    this.capacityPerSecond = model.capacityPerSecond;
    this.steadyInFlight = Math.min(perSecond, maxPerSecond) * (this.latency.mean + dependencyDelaySeconds);
    this.arrivedRequests = perSecond * seconds;
    this.outsideTask = perSecond * (counts.baseLatencySeconds + dependencyDelaySeconds);
    this.minGrowth = MIN_GROWTH_SHARE * this.arrivedRequests;
    this.capacity = model.capacityPerSecond * seconds;
    this.timeoutInFlight = model.capacityPerSecond * counts.idleTimeoutSeconds;
    this.delaySeconds = dependencyDelaySeconds;
  }
}

/**
 * The number in flight after a step in which it grows: a task with n requests serves n / (1 + n) of its capacity (Wang, Tipper and
 * Banerjee, A simple approximation for modeling nonstationary queues, INFOCOM 1996). If the first request costs f times the CPU of one at the
 * highest rate, since it wakes the task up, that is n / (f + n).
 *
 * @param available requests in flight before the step, and those that arrive in it.
 * @param firstCostFactor f, at least 1.
 */
export function grownInFlight(
  available: number,
  { steadyInFlight, outsideTask, capacity }: Pick<TaskLoad, 'steadyInFlight' | 'outsideTask' | 'capacity'>,
  firstCostFactor: number,
): number {
  const atTask = available - outsideTask;
  if (atTask <= 0) return Math.min(steadyInFlight, available);
  const excess = atTask - firstCostFactor - capacity;
  // the positive root of: remaining = atTask - capacity × remaining / (f + remaining).
  const root = Math.sqrt(excess * excess + 4 * firstCostFactor * atTask);
  const remainingAtTask = excess >= 0 ? (excess + root) / 2 : (2 * firstCostFactor * atTask) / (root - excess);
  const reachedInFlight = outsideTask + remainingAtTask;
  return steadyInFlight - reachedInFlight < NEGLIGIBLE_SHARE * steadyInFlight ? steadyInFlight : Math.min(steadyInFlight, reachedInFlight);
}
