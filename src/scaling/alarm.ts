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
  const { reported, breaching, oldest } = countDatapoints(rule, range);
  const missing = rule.evaluationPeriods - reported;
  const alarmIf = (count: number): AlarmState => (count >= rule.datapointsToAlarm ? 'ALARM' : 'OK');
  if (missing <= 0) return alarmIf(breaching);
  if (rule.treatMissingData === 'breaching') return alarmIf(breaching + missing);
  if (rule.treatMissingData === 'notBreaching') return alarmIf(breaching);
  const ignores = rule.treatMissingData === 'ignore';
  if (reported === 0) return ignores ? before : 'INSUFFICIENT_DATA';
  if (breaching >= rule.datapointsToAlarm) return 'ALARM';
  if (breaching < reported) return 'OK';
  // all that was reported breaches, and nothing newer spoke against it: where it is old enough, that is alarm enough.
  return !ignores && oldest >= rule.datapointsToAlarm ? 'ALARM' : before;
}

interface DatapointCount {
  /** Of the newest that were reported, at most as many as the alarm evaluates. */
  readonly reported: number;
  /** How many of these breach. */
  readonly breaching: number;
  /** Periods from the oldest one that was reported to the newest period, both counted. */
  readonly oldest: number;
}

function countDatapoints(rule: AlarmRule, range: readonly Datapoint[]): DatapointCount {
  let reported = 0;
  let breaching = 0;
  let oldest = 0;
  for (let index = range.length - 1; index >= 0 && reported < rule.evaluationPeriods; index--) {
    const value = range[index];
    if (value === undefined) continue;
    reported += 1;
    oldest = range.length - index;
    if (breaches(rule, value)) breaching += 1;
  }
  return { reported, breaching, oldest };
}
