import { type ValidationError, validationError } from '../parse/validation-error';

/** How a CloudWatch alarm compares a value with its threshold. */
export type ComparisonOperator =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

/** The condition of a CloudWatch alarm. */
export interface AlarmRule {
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
}

/** An alarm rule with the length of its periods. */
export interface PeriodicAlarmRule extends AlarmRule {
  /** 10, 20, 30, or any multiple of 60. */
  readonly periodSeconds: number;
}

/** Whether a value is breaching, as CloudWatch calls it: on the side of the threshold that raises the alarm. */
export function breaches({ comparisonOperator, threshold }: AlarmRule, value: number): boolean {
  switch (comparisonOperator) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
  }
}

/** Whether the alarm goes into ALARM above its threshold; otherwise it does so below. */
export function isGreaterThanAlarm({ comparisonOperator }: AlarmRule): boolean {
  return comparisonOperator.startsWith('Greater');
}

/** Returns an error for each rule of CloudWatch that an alarm breaks. */
export function alarmRuleErrors(name: string, rule: PeriodicAlarmRule): ValidationError[] {
  const { periodSeconds, evaluationPeriods, datapointsToAlarm, threshold } = rule;
  const isPeriod = [10, 20, 30].includes(periodSeconds) || (periodSeconds >= 60 && periodSeconds % 60 === 0);
  return [
    ...(isPeriod ? [] : [validationError(`${name} period`, 'be 10, 20, 30 or a multiple of 60 seconds', periodSeconds)]),
    ...(isCount(evaluationPeriods)
      ? []
      : [validationError(`${name} evaluationPeriods`, 'be a whole number of at least 1', evaluationPeriods)]),
    ...(isCount(datapointsToAlarm) && !(datapointsToAlarm > evaluationPeriods)
      ? []
      : [
          validationError(
            `${name} datapointsToAlarm`,
            ['be a whole number from 1 to ', { path: 'evaluationPeriods', value: evaluationPeriods }],
            datapointsToAlarm,
          ),
        ]),
    ...(Number.isFinite(threshold) ? [] : [validationError(`${name} threshold`, 'be a number', threshold)]),
  ];
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
