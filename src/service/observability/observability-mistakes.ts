import { Token } from 'aws-cdk-lib';
import { secondsOf } from '../seconds';
import type { ObservabilityProps } from './observability-props';

/** Returns one sentence for each rule of alarms that the props break. */
export function observabilityMistakes(props: ObservabilityProps): string[] {
  const { serverErrorAlarmPercent: percent = 1 } = props;
  const seconds = secondsOf(props.latencyAlarmThreshold) ?? 1;
  return [
    ...(Token.isUnresolved(percent) || (percent > 0 && percent <= 100)
      ? []
      : [`serverErrorAlarmPercent must be above 0 and at most 100, got ${percent}`]),
    ...(Token.isUnresolved(seconds) || seconds > 0 ? [] : [`latencyAlarmThreshold must be above 0 seconds, got ${seconds}`]),
  ];
}
