import type { PausableGroup } from './pausable-group';
import type { QuotaMethod } from './quota-method';

/** Tells what a task uses. */
export interface GroupReading {
  /** CPU seconds since the task started, to the best knowledge at this moment. */
  cpuSeconds(): number;

  /** The memory of all its processes; undefined where it is not known, or not yet. */
  memoryMiB(): number | undefined;

  /** Lets go of what reading needs; the task has ended. */
  close(): void;
}

/** Tells of many tasks what they use. */
export interface GroupReadings {
  readonly method: QuotaMethod;
  of(group: PausableGroup): GroupReading;
  close(): void;
}
