import { type ValidationError, validationError } from '../parse/validation-error';
import { alarmRuleErrors } from './alarm-rule';
import type { AlarmScaling } from './step-scaling';

/** A CloudWatch alarm on a metric of the service. */
export type WatchedAlarm = Pick<AlarmScaling, 'alarmName' | 'metric' | 'statistic' | 'alarm' | 'minRequestsPerMinute'>;

/**
 * The CloudWatch alarms that fail a deployment when they go into ALARM.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export interface RollbackAlarms {
  /** Those on metrics that a forecast knows. */
  readonly watched: readonly WatchedAlarm[];
  /** The names of the others: they never go into ALARM here. */
  readonly notSimulated: readonly string[];
  /** The longest evaluation time of all of them: evaluation periods × period. ECS computes the bake time of a rolling deployment from it. */
  readonly evaluationSeconds: number;
  /** Whether a deployment that failed is rolled back. */
  readonly rollsBack: boolean;
}

/** Returns an error for each rule of CloudWatch that the alarms break. */
export function rollbackAlarmErrors({ watched, evaluationSeconds }: RollbackAlarms): ValidationError[] {
  return [
    ...watched.flatMap(({ alarmName, alarm }) => alarmRuleErrors(alarmName, alarm)),
    ...(evaluationSeconds >= 0 && Number.isFinite(evaluationSeconds)
      ? []
      : [validationError('the evaluation time of the rollback alarms', 'be at least 0 seconds', evaluationSeconds)]),
  ];
}
