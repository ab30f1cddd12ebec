import type { Duration } from 'aws-cdk-lib';

/** The seconds of a duration that a caller gave. A fraction is kept, so that the rules can name it. */
export function secondsOf(duration: Duration): number;
export function secondsOf(duration: Duration | undefined): number | undefined;
export function secondsOf(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds({ integral: false });
}
