import { Token } from 'aws-cdk-lib';

/** Returns the sentence for a number that is not whole or outside of its range, if it is one. What is not given or not known breaks no rule. */
export function wholeNumberMistakes(name: string, value: number | undefined, least: number, most: number, unit = ''): string[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  const number = unit === '' ? 'a whole number' : `a whole number of ${unit}`;
  return [`${name} must be ${number} from ${least} to ${most}, got ${value}`];
}
