import { type ValidationError, validationError } from '../parse/validation-error';
import type { CpuCredits } from './cpu-credits';

/** Stopped, running or hibernated instances beside an Auto Scaling group, from which it launches first. */
export interface WarmPool {
  readonly state: 'Stopped' | 'Running' | 'Hibernated';
  /** The fewest instances of the pool. */
  readonly minSize: number;
  /**
   * The most instances of group and pool together.
   *
   * @default - the maximum capacity of the group
   */
  readonly maxPreparedCapacity?: number;
}

/** What the instances of an EC2 Auto Scaling group are, besides their CPU and memory: each takes the place of a task. */
export interface Instances {
  /** Such as `t2.micro`: the price depends on it. */
  readonly type: string;
  /** @default - not burstable */
  readonly credits?: CpuCredits;
  /** How long an instance refresh waits after a new instance has become healthy. */
  readonly refreshWarmupSeconds: number;
  /** Whether a replacement is launched when AWS is about to interrupt a Spot instance, or only after it has. */
  readonly capacityRebalance: boolean;
  /** The EBS volumes of an instance. */
  readonly volumeGiB: number;
  /** @default - none */
  readonly warmPool?: WarmPool;
}

/** The most instances that a warm pool holds beside a number of instances in service. */
export function warmPoolSize({ minSize, maxPreparedCapacity }: WarmPool, maxCapacity: number, inService: number): number {
  return Math.max(minSize, (maxPreparedCapacity ?? maxCapacity) - inService, 0);
}

/** Returns an error for each number of the instances that is out of range. */
export function instancesErrors({ refreshWarmupSeconds, volumeGiB, warmPool, credits }: Instances): ValidationError[] {
  const numbers = [
    ['the instance warm-up', refreshWarmupSeconds],
    ['the volume of an instance', volumeGiB],
    ['the minimum size of the warm pool', warmPool?.minSize ?? 0],
    ['the maximum prepared capacity of the warm pool', warmPool?.maxPreparedCapacity ?? 0],
    ['the CPU credits per hour', credits?.creditsPerHour ?? 0],
    ['the launch credits', credits?.launchCredits ?? 0],
  ] as const;
  return numbers
    .filter(([, value]) => !(value >= 0 && Number.isFinite(value)))
    .map(([name, value]) => validationError(name, 'be at least 0', value));
}
