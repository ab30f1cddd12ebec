import type { LoadMeasurement } from './load-meter';
import { MeasurementError } from './measurement-error';

/** More users would mean more open connections than a small task accepts at once. */
const MAX_USERS_PER_TASK = 512;

/** With twice as many users, the rate must grow by this factor, or there is no need for more. */
const MIN_GROWTH_FACTOR = 1.15;

/** A task that uses this share of its CPU is busy. */
export const BUSY_SHARE = 0.9;

/** What the users found who reached the highest rate. */
export interface HighestRate {
  readonly usersPerTask: number;
  readonly measurement: LoadMeasurement;
  /** Why more users failed, such as `GET / responded 503`; undefined if they were not tried, or did not fail. */
  readonly failure?: string;
  /** Whether more users might have reached a higher rate, and were not tried. */
  readonly hasUntriedUsers?: boolean;
}

/** How users are tried. */
export interface LimitSearch {
  /** The users to begin with. */
  readonly usersPerTask: number;
  readonly vcpu: number;
  /** After this time, on the wall clock, no more users are tried. */
  readonly maxSeconds: number;
  /** Measures tasks while each has so many users, who do not pause; undefined if there was no response. */
  readonly measureUsers: (usersPerTask: number) => Promise<LoadMeasurement | undefined>;
}

/**
 * Doubles the users until a task has used its CPU, or more users do not get more responses.
 *
 * @returns undefined if the first users got no response.
 * @throws MeasurementError if requests of the first users fail.
 */
export async function findHighestRate({ usersPerTask, vcpu, maxSeconds, measureUsers }: LimitSearch): Promise<HighestRate | undefined> {
  const deadlineMillis = performance.now() + 1000 * maxSeconds;
  const first = await measureUsers(usersPerTask);
  if (first === undefined) return undefined;
  let highest: HighestRate = { usersPerTask, measurement: first };
  const hasReachedEnd = ({ measurement }: HighestRate): boolean => measurement.usedVcpu >= BUSY_SHARE * vcpu;
  while (!hasReachedEnd(highest)) {
    const users = 2 * highest.usersPerTask;
    if (users > MAX_USERS_PER_TASK || performance.now() > deadlineMillis) return { ...highest, hasUntriedUsers: true };
    const next = await measureOrFailure(() => measureUsers(users));
    if (typeof next === 'string') return { ...highest, failure: next };
    if (next === undefined || next.requestsPerSecond < MIN_GROWTH_FACTOR * highest.measurement.requestsPerSecond) return highest;
    highest = { usersPerTask: users, measurement: next };
  }
  return highest;
}

/** The measurement, or why a request failed. */
async function measureOrFailure(measure: () => Promise<LoadMeasurement | undefined>): Promise<LoadMeasurement | undefined | string> {
  try {
    return await measure();
  } catch (error) {
    if (error instanceof MeasurementError) return error.reason;
    throw error;
  }
}
