import { breaches, isRaisedAbove, type PeriodicAlarmRule } from '../../src/plan/alarm-rule';
import { isCpuUtilization, isHighResolution, type ScalingMetric, type Statistic, unitOf } from '../../src/plan/metric';
import type { ScalingPolicy } from '../../src/plan/policy';
import { amount } from '../../src/report/amount';
import { type AwsBehavior, lowShareOf } from '../../src/scaling/aws-behavior';
import { lowThreshold } from '../../src/scaling/decision';
import type { LiveReading } from './live-state';

/** One alarm of a policy: what it waits for, and whether it would add tasks or take some away. */
export interface Watch {
  readonly direction: 'out' | 'in';
  readonly kind: 'target' | 'low' | 'alarm';
  readonly rule: PeriodicAlarmRule;
}

/** A metric that policies follow, with all their alarms. */
export interface Signal {
  readonly name: string;
  readonly metric: ScalingMetric;
  readonly watches: readonly Watch[];
  readonly value: (reading: LiveReading) => number | undefined;
}

/** Where the highest threshold stands on the bar of a metric that is no percentage: where a CPU target usually stands. */
const THRESHOLD_SHARE = 0.6;

/** The metrics that the policies of a plan follow; CPU also where none does. */
export function signalsOf(policy: ScalingPolicy, behavior: AwsBehavior): Signal[] {
  const followed = [
    ...policy.targetTracking.flatMap(({ metric, targetValue, disableScaleIn }): FollowedAlarm[] => {
      const { highDatapoints, lowDatapoints } = behavior;
      const periodSeconds = isHighResolution(metric) ? behavior.highResolutionPeriodSeconds : behavior.periodSeconds;
      const low = lowThreshold(targetValue, lowShareOf(behavior, policy.platform));
      const high = ruleOf('GreaterThanThreshold', targetValue, highDatapoints, periodSeconds);
      const isFastLow = behavior.highResolutionLowAlarm === '15-datapoints';
      const lowRule = ruleOf('LessThanThreshold', low, lowDatapoints, isFastLow ? periodSeconds : behavior.periodSeconds);
      const out: FollowedAlarm = { metric, watch: { direction: 'out', kind: 'target', rule: high } };
      return disableScaleIn ? [out] : [out, { metric, watch: { direction: 'in', kind: 'low', rule: lowRule } }];
    }),
    ...[...policy.stepScaling, ...policy.simpleScaling].map((scaling): FollowedAlarm => {
      const direction = isRaisedAbove(scaling.alarm) ? 'out' : 'in';
      return { metric: scaling.metric, statistic: scaling.statistic, watch: { direction, kind: 'alarm', rule: scaling.alarm } };
    }),
  ];
  const cpu: FollowedAlarm = { metric: policy.platform === 'ec2' ? 'ASGAverageCPUUtilization' : 'ECSServiceAverageCPUUtilization' };
  return together(followed.some(({ metric }) => isCpuUtilization(metric)) ? followed : [cpu, ...followed]);
}

/** The value at which the bar of a signal is full. */
export function topOf({ metric, watches }: Signal): number {
  if (unitOf(metric) === 'percent') return 100;
  return Math.max(1e-9, ...watches.map(({ rule }) => rule.threshold)) / THRESHOLD_SHARE;
}

/** Whether the newest value is on the side of a watch on which it acts. */
export function isBreaching({ rule }: Watch, value: number | undefined): boolean {
  return value !== undefined && breaches(rule, value);
}

/** Whether a value asks for more tasks. */
export function isOver({ watches }: Signal, value: number | undefined): boolean {
  return watches.some((watch) => watch.direction === 'out' && isBreaching(watch, value));
}

/**
 * The last minutes that an alarm evaluates, oldest first, and whether each breaches; undefined for one whose periods are no minutes.
 *
 * AWS's minutes end at other seconds than those of a timeline, and are seen only half a minute to a minute and a half later.
 */
export function datapointsOf(signal: Signal, { rule }: Watch, timeline: readonly LiveReading[]): boolean[] | undefined {
  if (rule.periodSeconds !== 60) return undefined;
  return timeline.slice(-rule.evaluationPeriods).map((row) => {
    const value = signal.value(row);
    return value !== undefined && breaches(rule, value);
  });
}

/** A value of a metric with its unit. */
export function valueInWords(metric: ScalingMetric, value: number): string {
  switch (unitOf(metric)) {
    case 'percent':
      return `${amount(Number(value.toFixed(1)))} %`;
    case 'requests per minute':
      return `${amount(Math.round(value))}/min`;
    case 'seconds':
      return `${amount(1000 * value)} ms`;
  }
}

/** The name of a metric in a word or two. */
export function metricName(metric: ScalingMetric): string {
  if (metric === 'ALBRequestCountPerTarget') return 'Requests';
  if (metric === 'TargetResponseTime') return 'Response';
  return isCpuUtilization(metric) ? 'CPU' : 'Memory';
}

interface FollowedAlarm {
  readonly metric: ScalingMetric;
  readonly statistic?: Statistic;
  readonly watch?: Watch;
}

/** Policies that follow the same metric share a signal. */
function together(alarms: readonly FollowedAlarm[]): Signal[] {
  const nameOf = ({ metric, statistic }: FollowedAlarm): string =>
    metric === 'TargetResponseTime' ? `${statistic} time` : metricName(metric);
  const names = [...new Set(alarms.map(nameOf))];
  return names.map((name) => {
    const members = alarms.filter((alarm) => nameOf(alarm) === name);
    const { metric, statistic } = members[0]!;
    const watches = members.flatMap(({ watch }) => watch ?? []);
    return { name, metric, watches, value: (reading) => measured(metric, statistic, reading) };
  });
}

function measured(metric: ScalingMetric, statistic: Statistic | undefined, reading: LiveReading): number | undefined {
  if (metric === 'ALBRequestCountPerTarget') return reading.requestCountPerTarget;
  if (metric === 'TargetResponseTime') return responseSeconds(statistic, reading);
  return isCpuUtilization(metric) ? reading.cpuUtilizationPercent : reading.memoryUtilizationPercent;
}

/** As the client sees it, which is a little more than what the load balancer measures. */
function responseSeconds(statistic: Statistic | undefined, { p50Millis, p95Millis }: LiveReading): number | undefined {
  if (statistic === 'p50' && p50Millis !== undefined) return p50Millis / 1000;
  if (statistic === 'p95' && p95Millis !== undefined) return p95Millis / 1000;
  return undefined;
}

function ruleOf(
  comparisonOperator: PeriodicAlarmRule['comparisonOperator'],
  threshold: number,
  datapoints: number,
  periodSeconds: number,
): PeriodicAlarmRule {
  const counts = { evaluationPeriods: datapoints, datapointsToAlarm: datapoints };
  return { comparisonOperator, threshold, periodSeconds, treatMissingData: 'missing', ...counts };
}
