import type { LatencyBandSeconds } from '../queueing/latency';
import { MAX_UTILIZATION } from '../queueing/queueing-model';
import type { GroupColumns } from './group-columns';
import type { RequestCounts } from './request-counts';
import type { RequestCpu } from './request-cpu';
import type { RequestTreatment } from './request-treatment';
import type { Responses } from './responses';

/** If the requests in flight grow by less than this share of the requests that arrive, they reach their steady number at once. */
const MIN_GROWTH_SHARE = 0.001;

/** The requests in flight have reached their steady number when less than this share is missing. */
const NEGLIGIBLE_SHARE = 1e-6;

/** What an open load is counted by. */
export interface OpenLoadParts {
  readonly counts: RequestCounts;
  readonly cpu: RequestCpu;
  readonly cpuSecondsPerRequest: number;
  /** Tasks that take longer to respond than this, without the base latency, are overloaded. */
  readonly maxResponseSeconds: number;
}

/** A step of an open load. */
export interface OpenLoadStep {
  /** The rate of all requests together. */
  readonly perSecond: number;
  readonly seconds: number;
  /** How much longer each request waits for a slow dependency. */
  readonly dependencyDelaySeconds: number;
}

/** A step of an open load at the groups that serve it with one treatment. What they have in common is computed once. */
export class ServingStep {
  /** Whether the next step has the same result, unless something changes. */
  public isSteady = true;
  /** Whether a group has no requests in flight any more. */
  public hasDrained = false;
  /** The share of the capacity of the last group that was in use; undefined if there was none. */
  public utilization: number | undefined;
  private readonly capacityPerSecond: number;
  private readonly latency: LatencyBandSeconds;
  /** The latency that decides which requests are late: beyond the capacity only the queue makes them late, which has its own limit. */
  private readonly latencyOfLate: LatencyBandSeconds;
  private readonly isNoneLate: boolean;
  private readonly steadyInFlight: number;
  private readonly arrivedRequests: number;
  /** Requests in flight that use no CPU of the task: in the network, or waiting for a dependency. */
  private readonly outsideTask: number;
  private readonly minGrowth: number;
  /** The requests that a task can serve in the step. */
  private readonly capacity: number;
  private readonly timeoutInFlight: number;
  private readonly delaySeconds: number;

  public constructor(
    private readonly parts: OpenLoadParts,
    private readonly columns: GroupColumns,
    private readonly treatment: RequestTreatment,
    private readonly step: OpenLoadStep,
  ) {
    const { counts } = parts;
    const { seconds, dependencyDelaySeconds } = step;
    const model = treatment.queueingModel!;
    const perSecond = step.perSecond * treatment.shareOfTask;
    const maxPerSecond = MAX_UTILIZATION * model.capacityPerSecond;
    this.latency = model.latencyAt(perSecond);
    this.latencyOfLate = perSecond >= maxPerSecond ? model.latencyAt(0) : this.latency;
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

  /** Sends the requests of the step to a group; returns whether its tasks have become overloaded, or no longer are. */
  public changesOverload(row: number, responses: Responses): boolean {
    const { capacityPerSecond, steadyInFlight, outsideTask, delaySeconds } = this;
    const { inFlight, counts, overloaded } = this.columns;
    const taskCount = counts[row]!;
    const previous = inFlight[row]!;
    const available = previous + this.arrivedRequests;
    const isGrowing = steadyInFlight - previous > this.minGrowth;
    const target = isGrowing ? this.grownInFlight(available) : steadyInFlight;
    // the requests to be completed in this step, so that only the target stays in flight.
    const due = available - target;
    const served = Math.min(this.capacity, due);
    const remaining = served < due ? available - served : target;
    const maxInFlight = Math.max(target, this.timeoutInFlight);
    const current = Math.min(remaining, maxInFlight);
    const waitSeconds = Math.max(0, current - steadyInFlight) / capacityPerSecond;
    const reachedShare = isGrowing ? Math.max(0, (current - outsideTask) / (steadyInFlight - outsideTask)) : 1;
    const lateShare = this.isNoneLate ? 0 : this.parts.counts.lateShare(this.latencyOfLate, delaySeconds, reachedShare);
    inFlight[row] = current;
    responses.add(taskCount * served * (1 - lateShare), delaySeconds + waitSeconds, reachedShare);
    this.count(taskCount, served, Math.max(0, remaining - maxInFlight) + served * lateShare);
    this.isSteady &&= current === previous;
    this.hasDrained ||= current === 0;
    const isOverloaded = this.latency.mean + waitSeconds - this.parts.counts.baseLatencySeconds > this.parts.maxResponseSeconds;
    return isOverloaded !== (overloaded[row] === 1);
  }

  /** Counts the responses of the groups. */
  public end(responses: Responses): void {
    this.parts.counts.countResponses(responses, this.latency);
  }

  /** Counts what tasks have each completed, and the requests to each that have timed out. */
  private count(taskCount: number, completed: number, timedOut: number): void {
    const { counts, cpu, cpuSecondsPerRequest } = this.parts;
    const { relativeSpeed, isActive } = this.treatment;
    counts.countSent(taskCount * this.arrivedRequests);
    counts.countFailed('HTTP 504', taskCount * timedOut);
    cpu.add((taskCount * completed * cpuSecondsPerRequest) / relativeSpeed, isActive);
    this.utilization = (taskCount * completed) / (taskCount * this.capacityPerSecond * this.step.seconds);
  }

  /**
   * The number in flight after a step in which it grows: a task with n requests serves n / (1 + n) of its capacity (Wang, Tipper and
   * Banerjee, A simple approximation for modeling nonstationary queues, INFOCOM 1996).
   *
   * @param available requests in flight before the step, and those that arrive in it.
   */
  private grownInFlight(available: number): number {
    const { steadyInFlight, outsideTask, capacity } = this;
    const atTask = available - outsideTask;
    if (atTask <= 0) return Math.min(steadyInFlight, available);
    const excess = atTask - 1 - capacity;
    // the positive root of: remaining = atTask - capacity × remaining / (1 + remaining).
    const root = Math.sqrt(excess * excess + 4 * atTask);
    const remainingAtTask = excess >= 0 ? (excess + root) / 2 : (2 * atTask) / (root - excess);
    const reachedInFlight = outsideTask + remainingAtTask;
    const isReached = steadyInFlight - reachedInFlight < NEGLIGIBLE_SHARE * steadyInFlight;
    return isReached ? steadyInFlight : Math.min(steadyInFlight, reachedInFlight);
  }
}
