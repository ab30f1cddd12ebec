import type { Statistic } from '../metric';
import { field, items, type TemplateValue } from '../template';
import { type FollowedMetric, knownMetric } from './known-metric';
import { followedExpression, type Named } from './metric-math';
import type { ScalingReading } from './scaling-reading';

const DEFAULT_PERIOD_SECONDS = 60;

/** The metric that a customized specification or an alarm means, where it can be followed. */
export function readMetric(reading: ScalingReading, specification: TemplateValue | undefined): FollowedMetric | undefined {
  const metrics = items(field(specification, 'Metrics'));
  if (metrics.length > 0) return readMath(reading, metrics);
  const statistic = field(specification, 'ExtendedStatistic') ?? field(specification, 'Statistic');
  const known = knownIn(reading, specification, statistic, field(specification, 'Period'));
  return known?.kind === 'metric' ? known : undefined;
}

/** The name of what a specification means, for a sentence that says it is not followed. */
export function metricName(reading: ScalingReading, specification: TemplateValue | undefined): string {
  const plain = reading.text(field(specification, 'MetricName'));
  if (plain !== undefined) return plain;
  const metrics = items(field(specification, 'Metrics'));
  const returned = metrics.find((metric) => isReturned(reading, metric));
  const name = reading.text(field(returned, 'Expression')) ?? reading.text(field(field(statOf(returned), 'Metric'), 'MetricName'));
  return name ?? 'a metric without a name';
}

function readMath(reading: ScalingReading, metrics: readonly TemplateValue[]): FollowedMetric | undefined {
  const named = new Map(metrics.map((metric) => [reading.text(field(metric, 'Id')) ?? '', namedIn(reading, metric)]));
  const returned = metrics.find((metric) => isReturned(reading, metric));
  const meant = named.get(reading.text(field(returned, 'Id')) ?? '');
  if (meant?.kind === 'expression') return followedExpression(meant.text, named);
  return meant?.kind === 'metric' ? meant : undefined;
}

function namedIn(reading: ScalingReading, metric: TemplateValue): Named {
  const text = reading.text(field(metric, 'Expression'));
  if (text !== undefined) return { kind: 'expression', text };
  const stat = statOf(metric);
  return knownIn(reading, field(stat, 'Metric'), field(stat, 'Stat'), field(stat, 'Period'));
}

/** Whatever is not marked is returned, so that what is marked must be looked for first. */
function isReturned(reading: ScalingReading, metric: TemplateValue): boolean {
  return reading.text(field(metric, 'ReturnData')) !== 'false';
}

function statOf(metric: TemplateValue | undefined): TemplateValue | undefined {
  return field(metric, 'MetricStat');
}

function knownIn(
  reading: ScalingReading,
  metric: TemplateValue | undefined,
  statistic: TemplateValue | undefined,
  period: TemplateValue | undefined,
) {
  if (isOfAnother(reading, metric)) return undefined;
  const namespace = reading.text(field(metric, 'Namespace')) ?? '';
  const name = reading.text(field(metric, 'MetricName')) ?? '';
  const periodSeconds = Number(reading.text(period) ?? DEFAULT_PERIOD_SECONDS);
  return knownMetric(namespace, name, (reading.text(statistic) ?? 'Average') as Statistic, periodSeconds);
}

/** Whether a metric is said to be that of another service or group of the template. */
function isOfAnother(reading: ScalingReading, metric: TemplateValue | undefined): boolean {
  const { scaled, template } = reading;
  return items(field(metric, 'Dimensions')).some((dimension) => {
    const owner = template.referredTo(field(dimension, 'Value'), scaled.type);
    return owner !== undefined && owner.id !== scaled.id;
  });
}
