/** How a value is held against a threshold. */
export type ComparisonOperator =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';

/** The rule of a CloudWatch alarm, in CloudWatch's words. */
export interface AlarmRule {
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: 'missing' | 'ignore' | 'breaching' | 'notBreaching';
}

/** An alarm rule over periods of a length. */
export interface PeriodicAlarmRule extends AlarmRule {
  /** 10, 20, 30, or any multiple of 60. */
  readonly periodSeconds: number;
}

/** Whether a value is on the side of the threshold that the alarm is raised for. */
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

/** Whether the alarm is raised for values above its threshold; else for those below. */
export function isRaisedAbove({ comparisonOperator }: AlarmRule): boolean {
  return comparisonOperator.startsWith('Greater');
}

/** Returns one sentence for each rule of CloudWatch that an alarm breaks. */
export function alarmRuleMistakes(name: string, rule: PeriodicAlarmRule): string[] {
  const { periodSeconds, evaluationPeriods, datapointsToAlarm, threshold } = rule;
  const isPeriod = [10, 20, 30].includes(periodSeconds) || (periodSeconds >= 60 && periodSeconds % 60 === 0);
  return [
    ...(isPeriod ? [] : [`${name} period must be 10, 20, 30 or a multiple of 60 seconds, got ${periodSeconds}`]),
    ...(isCount(evaluationPeriods) ? [] : [`${name} evaluationPeriods must be a whole number of at least 1, got ${evaluationPeriods}`]),
    ...(isCount(datapointsToAlarm) && !(datapointsToAlarm > evaluationPeriods)
      ? []
      : [`${name} datapointsToAlarm must be a whole number from 1 to evaluationPeriods (${evaluationPeriods}), got ${datapointsToAlarm}`]),
    ...(Number.isFinite(threshold) ? [] : [`${name} threshold must be a number, got ${threshold}`]),
  ];
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
