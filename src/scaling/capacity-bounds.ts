import type { ScalingPolicy } from '../plan/policy';

/** A change of the bounds, and how an activity that it makes necessary says so. */
export interface BoundsChange {
  readonly minCapacity?: number;
  readonly maxCapacity?: number;
  /** A count to go to at once; only an EC2 auto scaling group can be told. */
  readonly desiredCapacity?: number;
}

/** The minimum and maximum of a service, which schedules and forecasts of AWS move. */
export class CapacityBounds {
  private least: number;
  private most: number;
  private predicted = 0;

  public constructor({ minCapacity, maxCapacity }: Pick<ScalingPolicy, 'minCapacity' | 'maxCapacity'>) {
    this.least = minCapacity;
    this.most = maxCapacity;
  }

  /** A predicted minimum never goes beyond the maximum. */
  public get min(): number {
    return Math.max(this.least, Math.min(this.predicted, this.most));
  }

  public get max(): number {
    return this.most;
  }

  /** Moves the bounds. A bound that the change does not name gives way to one that it does. */
  public set({ minCapacity, maxCapacity }: BoundsChange): void {
    this.least = minCapacity ?? Math.min(this.least, maxCapacity ?? this.least);
    this.most = maxCapacity ?? Math.max(this.most, minCapacity ?? this.most);
  }

  public predict(minCapacity: number): void {
    this.predicted = minCapacity;
  }

  /** The count within the bounds that is nearest to another. */
  public clamp(count: number): number {
    return Math.min(this.max, Math.max(this.min, count));
  }
}

/** How an activity says that a scheduled action caused it. */
export function boundsCause({ minCapacity, maxCapacity, desiredCapacity }: BoundsChange): string {
  const named = { minimum: minCapacity, maximum: maxCapacity, desired: desiredCapacity };
  return Object.entries(named)
    .filter(([, count]) => count !== undefined)
    .map(([name, count]) => `${name} capacity was set to ${count}`)
    .join(' and ');
}
