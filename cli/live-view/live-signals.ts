import { metricLabel, oneMinuteMetricOf, type ScalingMetric, type Statistic, signalOf, unitOf, valueInRow } from '../../src/metrics/metric';
import { SIGNALS, type Signal, UNITS } from '../../src/metrics/signals';
import { breaches, isGreaterThanAlarm, type PeriodicAlarmRule } from '../../src/plan/alarm-rule';
import type { ScalingPolicy } from '../../src/plan/policy';
import { formatNumber } from '../../src/report/number-format';
import type { AwsBehavior } from '../../src/scaling/aws-behavior';
import { highAlarmRule, lowAlarmRule } from '../../src/scaling/target-tracking-policy';
import type { LiveValues } from './live-state';

/** One alarm of a policy: the high or the low alarm of target tracking, or that of step or simple scaling. */
export interface SignalAlarm {
  readonly direction: 'out' | 'in';
  readonly kind: 'high' | 'low' | 'step';
  readonly rule: PeriodicAlarmRule;
}

/** A metric that policies scale on, with all their alarms on it. */
export interface LiveSignal {
  readonly name: string;
  readonly metric: ScalingMetric;
  readonly alarms: readonly SignalAlarm[];
  readonly valueIn: (values: LiveValues) => number | undefined;
}

/** The position of the highest threshold on the bar of a metric without a natural maximum: 60 %, like a typical CPU target. */
const THRESHOLD_POSITION = 0.6;

/** The metrics that the policies of a plan scale on, and those that are always shown. */
export function signalsOf(policy: ScalingPolicy, behavior: AwsBehavior): LiveSignal[] {
  const policySources = [
    ...policy.targetTracking.flatMap((tracking): SignalSource[] => {
      const { metric, disableScaleIn } = tracking;
      const out: SignalSource = { metric, alarm: { direction: 'out', kind: 'high', rule: highAlarmRule(tracking, behavior) } };
      const lowRule = lowAlarmRule(tracking, policy.platform, behavior);
      return disableScaleIn ? [out] : [out, { metric, alarm: { direction: 'in', kind: 'low', rule: lowRule } }];
    }),
    ...[...policy.stepScaling, ...policy.simpleScaling].map((scaling): SignalSource => {
      const direction = isGreaterThanAlarm(scaling.alarm) ? 'out' : 'in';
      return { metric: scaling.metric, statistic: scaling.statistic, alarm: { direction, kind: 'step', rule: scaling.alarm } };
    }),
  ];
  const hasPolicy = (signal: Signal): boolean => policySources.some(({ metric }) => signalOf(metric) === signal);
  const alwaysShown = SIGNALS.filter((signal) => signal.panel?.isAlwaysShown && !hasPolicy(signal));
  return groupBySignal([...alwaysShown.map((signal) => ({ metric: oneMinuteMetricOf(signal, policy.platform) })), ...policySources]);
}

/** The value at the right end of the bar of a signal. */
export function fullScaleOf({ metric, alarms }: LiveSignal): number {
  return UNITS[unitOf(metric)].max ?? Math.max(1e-9, ...alarms.map(({ rule }) => rule.threshold)) / THRESHOLD_POSITION;
}

/** Whether a value breaches the threshold of an alarm. */
export function isBreaching({ rule }: SignalAlarm, value: number | undefined): boolean {
  return value !== undefined && breaches(rule, value);
}

/** Whether a value breaches the threshold of a scale-out alarm. */
export function breachesScaleOut({ alarms }: LiveSignal, value: number | undefined): boolean {
  return alarms.some((alarm) => alarm.direction === 'out' && isBreaching(alarm, value));
}

/**
 * Whether the value of each of the last minutes breaches an alarm, oldest first; undefined for an alarm whose period is not one minute.
 *
 * This is an approximation: the minutes of the live view do not start at the same second as CloudWatch's periods, and CloudWatch
 * has a datapoint only a minute or more after its period ends.
 */
export function recentBreaches(signal: LiveSignal, { rule }: SignalAlarm, timeline: readonly LiveValues[]): boolean[] | undefined {
  if (rule.periodSeconds !== 60) return undefined;
  return timeline.slice(-rule.evaluationPeriods).map((row) => {
    const value = signal.valueIn(row);
    return value !== undefined && breaches(rule, value);
  });
}

/** A value of a metric with its unit. */
export function formatValue(metric: ScalingMetric, value: number): string {
  const { factor, decimals, suffix } = UNITS[unitOf(metric)].short;
  return `${formatNumber(Number((factor * value).toFixed(decimals)))}${suffix}`;
}

/** A metric to show, with one alarm on it if a policy has one. */
interface SignalSource {
  readonly metric: ScalingMetric;
  readonly statistic?: Statistic;
  readonly alarm?: SignalAlarm;
}

/** Groups the sources by metric: policies that scale on the same metric share a signal. */
function groupBySignal(sources: readonly SignalSource[]): LiveSignal[] {
  const nameOf = ({ metric, statistic }: SignalSource): string => metricLabel(metric, statistic);
  const names = [...new Set(sources.map(nameOf))];
  return names.map((name) => {
    const members = sources.filter((source) => nameOf(source) === name);
    const { metric, statistic } = members[0]!;
    const alarms = members.flatMap(({ alarm }) => alarm ?? []);
    return { name, metric, alarms, valueIn: (values) => valueInRow(values, signalOf(metric), statistic) };
  });
}
