import { AWS_DEFAULTS } from '../../plan/default-plan';
import type { LatencyBand } from '../latency';
import { MOST_UTILIZATION } from '../tabulated-server';
import type { RequestCounts } from './request-counts';
import type { TaskGroup } from './task-group';

/** A request that has waited longer is given up by the load balancer. */
const IDLE_TIMEOUT_SECONDS = AWS_DEFAULTS.idleTimeoutSeconds;

/** Growth by less than this share of what arrives is there at once. */
const AT_ONCE_SHARE = 0.001;

/** What is in flight has come to where it is going when less than this share of it is missing. */
const ARRIVED_SHARE = 1e-6;

/** What came of a stretch of time at a group of tasks. */
export interface Stretch {
  /** Requests that the tasks have worked on to the end. */
  readonly worked: number;
  /** How long a request takes at its end, without what a dependency adds. */
  readonly answerSeconds: number;
  /** Whether the next stretch is like it, where nothing else changes. */
  readonly isSteady: boolean;
}

/**
 * Sends requests that arrive at a steady rate to tasks that serve them.
 *
 * What is in flight moves towards rate × latency (Little's law). Beyond capacity it grows by what cannot be answered, until the
 * load balancer gives up what has waited too long.
 */
export function sendOpen(group: TaskGroup, perSecond: number, seconds: number, addedSeconds: number, counts: RequestCounts): Stretch {
  const { count, inFlight } = group;
  const capacity = group.server!.capacityPerSecond;
  const latency = group.server!.latencyAt(perSecond);
  const steady = Math.min(perSecond, MOST_UTILIZATION * capacity) * (latency.mean + addedSeconds);
  const arrived = perSecond * seconds;
  const onTheirWay = perSecond * (counts.baseLatencySeconds + addedSeconds);
  const isSurge = steady - inFlight > AT_ONCE_SHARE * arrived;
  const target = isSurge ? grown(inFlight, steady, onTheirWay, arrived, capacity * seconds) : steady;
  const answerable = inFlight + arrived - target;
  const served = Math.min(capacity * seconds, answerable);
  const left = served < answerable ? inFlight + arrived - served : target;
  const most = Math.max(target, capacity * IDLE_TIMEOUT_SECONDS);
  const givenUp = Math.max(0, left - most);
  group.inFlight = Math.min(left, most);
  const waitSeconds = Math.max(0, group.inFlight - steady) / capacity;
  counts.send(count * arrived);
  const reached = isSurge ? Math.max(0, (group.inFlight - onTheirWay) / (steady - onTheirWay)) : 1;
  counts.serve(count * served, reached < 1 ? shortened(latency, counts.baseLatencySeconds, reached) : latency, addedSeconds + waitSeconds);
  counts.fail('HTTP 504', count * givenUp);
  return { worked: count * served, answerSeconds: latency.mean + waitSeconds, isSteady: group.inFlight === inFlight };
}

/** The latency while there is only so large a share of what will be in flight: the way there and back stays as long as it is. */
function shortened({ mean, p50, p95, p95Low, p95High }: LatencyBand, baseSeconds: number, share: number): LatencyBand {
  const shorter = (seconds: number): number => baseSeconds + share * (seconds - baseSeconds);
  return { mean: shorter(mean), p50: shorter(p50), p95: shorter(p95), p95Low: shorter(p95Low), p95High: shorter(p95High) };
}

/**
 * What is in flight after a stretch in which it grows: a task with few requests answers fewer than it could, with n of them
 * n / (1 + n) of its capacity (Wang, Tipper and Banerjee, A simple approximation for modeling nonstationary queues, INFOCOM 1996).
 *
 * @param onTheirWay requests that the task does not work on: they are between it and the client, or wait for a dependency.
 */
function grown(inFlight: number, steady: number, onTheirWay: number, arrived: number, capacity: number): number {
  const there = inFlight + arrived - onTheirWay;
  if (there <= 0) return Math.min(steady, inFlight + arrived);
  const excess = there - 1 - capacity;
  // the positive root of: left = there - capacity × left / (1 + left).
  const root = Math.sqrt(excess * excess + 4 * there);
  const left = excess >= 0 ? (excess + root) / 2 : (2 * there) / (root - excess);
  const reached = onTheirWay + left;
  return steady - reached < ARRIVED_SHARE * steady ? steady : Math.min(steady, reached);
}
