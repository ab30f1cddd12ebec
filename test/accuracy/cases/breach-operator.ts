import type { ComparisonOperator } from '../../../src/plan/alarm-rule';

const OPERATORS: Readonly<Record<string, ComparisonOperator>> = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
};

/** The comparison of a sign. */
export function breachOperator(sign: string): ComparisonOperator {
  const operator = OPERATORS[sign];
  if (operator === undefined) throw new Error(`operator must be one of ${Object.keys(OPERATORS).join(' ')}, got '${sign}'`);
  return operator;
}
