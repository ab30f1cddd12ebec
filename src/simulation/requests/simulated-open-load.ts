import { MAX_UTILIZATION } from '../queueing/queueing-model';
import type { RequestCounts } from './request-counts';
import type { StepResult, TaskGroup } from './task-group';

/** If the requests in flight grow by less than this share of the requests that arrive, they reach their steady number at once. */
const MIN_GROWTH_SHARE = 0.001;

/** The requests in flight have reached their steady number when less than this share is missing. */
const NEGLIGIBLE_SHARE = 1e-6;

/**
 * Sends requests at a constant rate to each task of a group that serves them.
 *
 * The number in flight approaches rate × latency (Little's law). Above the capacity it grows until requests reach the idle timeout
 * of the load balancer.
 */
export function sendOpenLoadTo(
  group: TaskGroup,
  perSecond: number,
  seconds: number,
  dependencyDelaySeconds: number,
  counts: RequestCounts,
): StepResult {
  const { count, inFlightPerTask: previousInFlight } = group;
  const capacityPerSecond = group.queueingModel!.capacityPerSecond;
  const latency = group.queueingModel!.latencyAt(perSecond);
  const steadyInFlight = Math.min(perSecond, MAX_UTILIZATION * capacityPerSecond) * (latency.mean + dependencyDelaySeconds);
  const arrivedRequests = perSecond * seconds;
  const outsideTask = perSecond * (counts.baseLatencySeconds + dependencyDelaySeconds);
  const isGrowing = steadyInFlight - previousInFlight > MIN_GROWTH_SHARE * arrivedRequests;
  const targetInFlight = isGrowing
    ? grownInFlight(previousInFlight, steadyInFlight, outsideTask, arrivedRequests, capacityPerSecond * seconds)
    : steadyInFlight;
  // the requests to be completed in this step, so that only the target stays in flight.
  const dueRequests = previousInFlight + arrivedRequests - targetInFlight;
  const servedRequests = Math.min(capacityPerSecond * seconds, dueRequests);
  const remainingInFlight = servedRequests < dueRequests ? previousInFlight + arrivedRequests - servedRequests : targetInFlight;
  const maxInFlight = Math.max(targetInFlight, capacityPerSecond * counts.idleTimeoutSeconds);
  const timedOutRequests = Math.max(0, remainingInFlight - maxInFlight);
  group.inFlightPerTask = Math.min(remainingInFlight, maxInFlight);
  const waitSeconds = Math.max(0, group.inFlightPerTask - steadyInFlight) / capacityPerSecond;
  counts.countSent(count * arrivedRequests);
  const reachedShare = isGrowing ? Math.max(0, (group.inFlightPerTask - outsideTask) / (steadyInFlight - outsideTask)) : 1;
  // beyond the capacity only the queue makes requests late, which has its own limit above.
  const isBeyondCapacity = perSecond >= MAX_UTILIZATION * capacityPerSecond;
  const lateShare = counts.lateShare(isBeyondCapacity ? group.queueingModel!.latencyAt(0) : latency, dependencyDelaySeconds, reachedShare);
  counts.countServed(count * servedRequests * (1 - lateShare), latency, dependencyDelaySeconds + waitSeconds, reachedShare);
  counts.countFailed('HTTP 504', count * (timedOutRequests + servedRequests * lateShare));
  return group.endStep(count * servedRequests, latency.mean + waitSeconds, group.inFlightPerTask === previousInFlight);
}

/**
 * The number in flight after a step in which it grows: a task with n requests serves n / (1 + n) of its capacity (Wang, Tipper and
 * Banerjee, A simple approximation for modeling nonstationary queues, INFOCOM 1996).
 *
 * @param outsideTask requests in flight that use no CPU of the task: in the network, or waiting for a dependency.
 */
function grownInFlight(inFlight: number, steadyInFlight: number, outsideTask: number, arrivedRequests: number, capacity: number): number {
  const atTask = inFlight + arrivedRequests - outsideTask;
  if (atTask <= 0) return Math.min(steadyInFlight, inFlight + arrivedRequests);
  const excess = atTask - 1 - capacity;
  // the positive root of: remaining = atTask - capacity × remaining / (1 + remaining).
  const root = Math.sqrt(excess * excess + 4 * atTask);
  const remainingAtTask = excess >= 0 ? (excess + root) / 2 : (2 * atTask) / (root - excess);
  const reachedInFlight = outsideTask + remainingAtTask;
  return steadyInFlight - reachedInFlight < NEGLIGIBLE_SHARE * steadyInFlight ? steadyInFlight : Math.min(steadyInFlight, reachedInFlight);
}
