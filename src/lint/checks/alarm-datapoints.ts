import { numberOf } from '../template/values';
import { type Check, problem } from './check';

/** An alarm looks at its evaluation periods only. */
export const alarmDatapoints: Check = {
  id: 'alarm-datapoints',
  severity: 'error',
  finds: 'an alarm with more datapoints to alarm than evaluation periods',
  consequence: 'CloudWatch rejects the alarm',
  find: (template) =>
    template.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
      const [points, periods] = [numberOf(alarm.properties['DatapointsToAlarm']), numberOf(alarm.properties['EvaluationPeriods'])];
      if (points === undefined || periods === undefined || points <= periods) return [];
      const reason = `DatapointsToAlarm ${points} is above EvaluationPeriods ${periods}`;
      return [problem(alarm, 'DatapointsToAlarm', reason, `write at most ${periods}, or more EvaluationPeriods`)];
    }),
};
