import { type AlarmRule, breaches } from '../plan/alarm-rule';

/** The states of a CloudWatch alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** One metric period: its value, or undefined where nothing was reported. */
export type Datapoint = number | undefined;

/**
 * Evaluates an alarm over its evaluation range, oldest datapoint first.
 *
 * Reported datapoints count before missing ones do: only where the range holds
 * fewer than the evaluation periods is the treatment of missing data asked.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function evaluateAlarm(rule: AlarmRule, range: readonly Datapoint[], before: AlarmState): AlarmState {
  const reported = range.filter((point) => point !== undefined);
  const recent = reported.slice(-rule.evaluationPeriods).map((point) => breaches(rule, point));
  if (recent.length === rule.evaluationPeriods) return stateFor(rule, recent);

  const missing = rule.evaluationPeriods - recent.length;
  switch (rule.treatMissingData) {
    case 'breaching':
      return stateFor(rule, [...recent, ...new Array<boolean>(missing).fill(true)]);
    case 'notBreaching':
      return stateFor(rule, [...recent, ...new Array<boolean>(missing).fill(false)]);
    case 'ignore':
      return stateOfFew(rule, range, { whenEmpty: before, whenPremature: before, otherwise: before });
    case 'missing':
      return stateOfFew(rule, range, { whenEmpty: 'INSUFFICIENT_DATA', whenPremature: 'ALARM', otherwise: before });
  }
}

interface StatesOfFew {
  readonly whenEmpty: AlarmState;
  readonly whenPremature: AlarmState;
  readonly otherwise: AlarmState;
}

/** The state where fewer datapoints than evaluation periods were reported. */
function stateOfFew(rule: AlarmRule, range: readonly Datapoint[], states: StatesOfFew): AlarmState {
  const reported = range.filter((point) => point !== undefined);
  if (reported.length === 0) return states.whenEmpty;
  const breaching = reported.filter((point) => breaches(rule, point)).length;
  if (breaching >= rule.datapointsToAlarm) return 'ALARM';
  if (breaching < reported.length) return 'OK';
  // all that was reported breaches, and nothing newer spoke against it.
  const oldest = range.length - range.findIndex((point) => point !== undefined);
  return oldest >= rule.datapointsToAlarm ? states.whenPremature : states.otherwise;
}

function stateFor(rule: AlarmRule, breaching: readonly boolean[]): AlarmState {
  return breaching.filter(Boolean).length >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
}
