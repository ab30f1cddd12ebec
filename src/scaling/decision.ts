import type { NotScaledReason } from './activity';
import type { AwsBehavior } from './aws-behavior';

/** What one policy sees: the newest value of its metric and the value it shall be kept at. */
export interface Signal {
  readonly value: number;
  readonly targetValue: number;
}

/** The counts that a decision starts from. */
export interface Capacity {
  /** The tasks that the metric was spread over. */
  readonly base: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
}

/** The desired count to set, or the reason why it stays. `computed` is what the metric asked for. */
export type Decision =
  | { readonly toCapacity: number; readonly computed: number }
  | { readonly notScaled: NotScaledReason; readonly computed: number };

/** Counts are small whole numbers: what differs by less is the rounding of a division. */
const ROUNDING = 1e-9;

/** The tasks that would bring a metric back to its target: in proportion, rounded up. */
export function proportionalCapacity(base: number, signal: Signal): number {
  return Math.max(0, Math.ceil((base * signal.value) / signal.targetValue - ROUNDING));
}

/**
 * Decides for a high alarm.
 *
 * A count below the minimum first goes to the minimum; a count above the
 * maximum is left alone
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html).
 */
export function decideScaleOut(capacity: Capacity, signal: Signal): Decision {
  const computed = proportionalCapacity(capacity.base, signal);
  if (capacity.desired < capacity.min) return { toCapacity: capacity.min, computed };
  if (capacity.desired >= capacity.max) return { notScaled: 'AlreadyAtMaxCapacity', computed };
  const wanted = Math.min(capacity.max, computed);
  return wanted > capacity.desired ? { toCapacity: wanted, computed } : { notScaled: 'AlreadyAtDesiredCapacity', computed };
}

/**
 * Decides once every policy allows fewer tasks.
 *
 * Holds back where one task less would push any metric over its target again,
 * which Application Auto Scaling calls anticipated flapping.
 */
export function decideScaleIn(capacity: Capacity, signals: readonly Signal[], step: AwsBehavior['scaleInStep']): Decision {
  const computed = Math.max(...signals.map((signal) => proportionalCapacity(capacity.base, signal)));
  if (capacity.desired > capacity.max) return { toCapacity: capacity.max, computed };
  if (capacity.desired <= capacity.min) return { notScaled: 'AlreadyAtMinCapacity', computed };
  if (signals.some((signal) => wouldFlap(capacity.base, signal))) return { notScaled: 'AutoScalingAnticipatedFlapping', computed };
  const least = step === 'one-task' ? capacity.desired - 1 : computed;
  const wanted = Math.max(capacity.min, computed, least);
  return wanted < capacity.desired ? { toCapacity: wanted, computed } : { notScaled: 'AlreadyAtDesiredCapacity', computed };
}

function wouldFlap(base: number, signal: Signal): boolean {
  return base > 1 && (signal.value * base) / (base - 1) > signal.targetValue;
}
