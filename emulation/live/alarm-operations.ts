import type { PeriodicAlarmRule } from '../../src/plan/alarm-rule';
import type { AlarmState } from '../../src/scaling/alarm-evaluation';
import { type AwsCall, type AwsObject, type Operations, structures, text, timestamp } from '../front/aws-call';
import type { LiveAlarms } from './live-alarms';
import type { LiveServices } from './live-services';

/** Operations of CloudWatch that change alarms. */
const CHANGES = ['PutMetricAlarm', 'PutCompositeAlarm', 'DeleteAlarms', 'EnableAlarmActions', 'DisableAlarmActions'];

/** Members of an alarm that are timestamps, which JSON has as numbers. */
const TIMESTAMPS = ['AlarmConfigurationUpdatedTimestamp', 'StateUpdatedTimestamp', 'StateTransitionedTimestamp'];

/** The operations of CloudWatch on alarms. */
export function alarmOperations(live: LiveServices, alarms: LiveAlarms): Operations {
  const changes = CHANGES.map((operation) => [
    `monitoring ${operation}`,
    async ({ region }: AwsCall, passOn: () => Promise<AwsObject>): Promise<AwsObject> => {
      const output = await passOn();
      await live.reconcile(region);
      return output;
    },
  ]);
  const withState = (region: string, alarm: AwsObject): AwsObject => {
    const timestamps = TIMESTAMPS.flatMap((name) => (alarm[name] === undefined ? [] : [[name, timestamp(alarm[name])]]));
    const now = alarms.stateOf(region, alarm);
    return {
      ...alarm,
      ...Object.fromEntries(timestamps),
      ...(now?.rule && describeRule(now.rule)),
      ...(now && {
        StateValue: now.state,
        StateReason: now.reason,
        StateUpdatedTimestamp: now.since,
        StateTransitionedTimestamp: now.since,
      }),
    };
  };
  const describe = async (operation: string, { region, input }: AwsCall): Promise<AwsObject> => {
    // the states of the control plane are not those of the moment: what is asked for by state is chosen here.
    const { StateValue: _, ...others } = input;
    const output = await live.parts.controlPlane.call('monitoring', region, operation, others);
    const state = text(input.StateValue);
    const all = structures(output.MetricAlarms).map((alarm) => withState(region, alarm));
    const composite = structures(output.CompositeAlarms).map((alarm) => withState(region, alarm));
    const isAsked = ({ StateValue }: AwsObject): boolean => state === undefined || StateValue === state;
    return {
      ...output,
      MetricAlarms: all.filter(isAsked),
      ...(output.CompositeAlarms !== undefined && { CompositeAlarms: composite.filter(isAsked) }),
    };
  };
  return {
    ...(Object.fromEntries(changes) as Operations),
    'monitoring DescribeAlarms': (call) => describe('DescribeAlarms', call),
    'monitoring DescribeAlarmsForMetric': (call) => describe('DescribeAlarmsForMetric', call),
    'monitoring SetAlarmState': async ({ region, input }, passOn) => {
      const output = await passOn();
      alarms.setState(region, String(input.AlarmName), String(input.StateValue) as AlarmState, text(input.StateReason) ?? '');
      return output;
    },
  };
}

/** The rule of an alarm of a scaling policy. */
function describeRule(rule: PeriodicAlarmRule): AwsObject {
  return {
    Threshold: rule.threshold,
    ComparisonOperator: rule.comparisonOperator,
    EvaluationPeriods: rule.evaluationPeriods,
    DatapointsToAlarm: rule.datapointsToAlarm,
    Period: rule.periodSeconds,
    TreatMissingData: rule.treatMissingData,
  };
}
