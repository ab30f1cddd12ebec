import { Token } from 'aws-cdk-lib';

/** Returns the sentence for a number that the CDK only knows later, if it is one: a forecast is asked for now. */
export function unknownMistakes(name: string, value: number): string[] {
  return Token.isUnresolved(value) ? [`${name} must be known when the forecast is asked for, got a token`] : [];
}
