import { type Duration, Token } from 'aws-cdk-lib';
import { InvalidInput } from '../plan/invalid-input';

/**
 * A duration in seconds, with its fraction and without the dust of binary fractions: 0.12 milliseconds are 0.00012 seconds.
 *
 * @throws InvalidInput where the CDK only knows it later: a forecast is asked for now.
 */
export function inSeconds(duration: Duration): number {
  if (Token.isUnresolved(duration)) throw new InvalidInput(['a duration must be known when the forecast is asked for, got a token']);
  return Number((duration.toMilliseconds({ integral: false }) / 1000).toPrecision(12));
}
