import type { Duration } from 'aws-cdk-lib';
import { InvalidInput } from '../plan/invalid-input';
import type { Iteration } from '../scenario/iteration';
import type { Season } from '../scenario/seasonal-traffic';
import type { Traffic } from '../scenario/traffic';
import { inSeconds } from './duration-in-seconds';
import type { K6Iteration } from './k6-iteration';
import type { DailyTrafficOptions } from './seasonal-traffic-options';

const MONDAY = 0;

/** What is left out lasts no time. */
export function lengthOf(duration: Duration | undefined): number {
  return duration === undefined ? 0 : inSeconds(duration);
}

/** What a virtual user does, with the defaults for what is left out. */
export function iterationOf({ sleep, requests }: K6Iteration): Iteration {
  return { thinkSeconds: lengthOf(sleep), requestsPerIteration: requests ?? 1 };
}

/** How a load swings, with the defaults for what is left out. */
export function seasonOf(options: DailyTrafficOptions, days: number): Omit<Season, 'weekendShare'> {
  return {
    meanRequestsPerSecond: options.meanRequestsPerSecond,
    swingShare: (options.swingPercent ?? 50) / 100,
    peakHour: options.peakHour ?? 14,
    days: options.days ?? days,
    firstWeekday: MONDAY,
  };
}

/** What cannot be read is kept as its mistakes, so that they are said along with all others. */
export function attempted(reader: () => Traffic): { readonly traffic: Traffic; readonly mistakes: readonly string[] } {
  try {
    return { traffic: reader(), mistakes: [] };
  } catch (error) {
    if (error instanceof InvalidInput) return { traffic: { phases: [] }, mistakes: error.mistakes };
    throw error;
  }
}

/** The smaller of two limits, of which there may be none. */
export function smallerOf(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
