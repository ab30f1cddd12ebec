import type { NotScaledReason } from './activity';
import type { AwsBehavior } from './aws-behavior';

/** What one policy sees: the value of its metric and the value it shall be kept at. */
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

/** The desired count to set, or the reason why it stays. `computed` is what was asked for. */
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
 * The value below which a target-tracking policy allows fewer tasks. Without the dust of binary fractions.
 *
 * @param share of the target, as `lowShareOf` has it.
 */
export function lowThreshold(targetValue: number, share: number): number {
  return Number((targetValue * share).toPrecision(12));
}

/**
 * Bounds a step outwards.
 *
 * A count below the minimum first goes to the minimum; a count above the
 * maximum is left alone
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html).
 */
export function boundOut({ desired, min, max }: Capacity, computed: number): Decision {
  if (desired < min) return { toCapacity: min, computed };
  if (desired >= max) return { notScaled: 'AlreadyAtMaxCapacity', computed };
  const wanted = Math.min(max, computed);
  return wanted > desired ? { toCapacity: wanted, computed } : { notScaled: 'AlreadyAtDesiredCapacity', computed };
}

/** Bounds a step inwards: the mirror of a step outwards. */
export function boundIn({ desired, min, max }: Capacity, computed: number): Decision {
  if (desired > max) return { toCapacity: max, computed };
  if (desired <= min) return { notScaled: 'AlreadyAtMinCapacity', computed };
  const wanted = Math.max(min, computed);
  return wanted < desired ? { toCapacity: wanted, computed } : { notScaled: 'AlreadyAtDesiredCapacity', computed };
}

/** Decides for the high alarm of target tracking. From no task at all, one is the most that can be known to be needed. */
export function decideScaleOut(capacity: Capacity, computed: number): Decision {
  return boundOut(capacity, capacity.desired === 0 ? 1 : computed);
}

/**
 * Decides once every policy allows fewer tasks.
 *
 * Holds back where one task less would push any metric over its target again,
 * which Application Auto Scaling calls anticipated flapping.
 */
export function decideScaleIn(capacity: Capacity, signals: readonly Signal[], step: AwsBehavior['scaleInStep']): Decision {
  const { base, desired, min, max } = capacity;
  const computed = Math.max(...signals.map((signal) => proportionalCapacity(base, signal)));
  const isWithin = desired > min && desired <= max;
  if (isWithin && signals.some((signal) => wouldFlap(base, signal))) return { notScaled: 'AutoScalingAnticipatedFlapping', computed };
  const bounded = boundIn(capacity, Math.max(computed, step === 'one-task' ? desired - 1 : 0));
  return { ...bounded, computed };
}

function wouldFlap(base: number, signal: Signal): boolean {
  return base > 1 && (signal.value * base) / (base - 1) > signal.targetValue;
}
