import type { Statistic } from '../../metrics/metric';
import { knownMetric, type TemplateMetric } from './known-metric';
import { metricOfExpression, type Operand } from './metric-math';
import type { ScalingReader } from './scaling-reader';
import { field, items, type TemplateValue } from './template-value';

const DEFAULT_PERIOD_SECONDS = 60;

/** The metric of a customized specification or an alarm, if it can be simulated. */
export function readMetric(reader: ScalingReader, specification: TemplateValue | undefined): TemplateMetric | undefined {
  const metrics = items(field(specification, 'Metrics'));
  if (metrics.length > 0) return readMath(reader, metrics);
  const statistic = field(specification, 'ExtendedStatistic') ?? field(specification, 'Statistic');
  const known = knownMetricOf(reader, specification, statistic, field(specification, 'Period'));
  return known?.kind === 'metric' ? known : undefined;
}

/** The name of a metric, for the text about a metric that is ignored. */
export function metricName(reader: ScalingReader, specification: TemplateValue | undefined): string {
  const simpleName = reader.text(field(specification, 'MetricName'));
  if (simpleName !== undefined) return simpleName;
  const metrics = items(field(specification, 'Metrics'));
  const returned = metrics.find((metric) => isReturned(reader, metric));
  const name = reader.text(field(returned, 'Expression')) ?? reader.text(field(field(statOf(returned), 'Metric'), 'MetricName'));
  return name ?? 'a metric without a name';
}

function readMath(reader: ScalingReader, metrics: readonly TemplateValue[]): TemplateMetric | undefined {
  const operands = new Map(metrics.map((metric) => [reader.text(field(metric, 'Id')) ?? '', operandOf(reader, metric)]));
  const returned = metrics.find((metric) => isReturned(reader, metric));
  const operand = operands.get(reader.text(field(returned, 'Id')) ?? '');
  if (operand?.kind === 'expression') return metricOfExpression(operand.text, operands);
  return operand?.kind === 'metric' ? operand : undefined;
}

function operandOf(reader: ScalingReader, metric: TemplateValue): Operand {
  const text = reader.text(field(metric, 'Expression'));
  if (text !== undefined) return { kind: 'expression', text };
  const stat = statOf(metric);
  return knownMetricOf(reader, field(stat, 'Metric'), field(stat, 'Stat'), field(stat, 'Period'));
}

/** `ReturnData` is true by default. */
function isReturned(reader: ScalingReader, metric: TemplateValue): boolean {
  return reader.text(field(metric, 'ReturnData')) !== 'false';
}

function statOf(metric: TemplateValue | undefined): TemplateValue | undefined {
  return field(metric, 'MetricStat');
}

function knownMetricOf(
  reader: ScalingReader,
  metric: TemplateValue | undefined,
  statistic: TemplateValue | undefined,
  period: TemplateValue | undefined,
) {
  if (isOfOtherService(reader, metric)) return undefined;
  const namespace = reader.text(field(metric, 'Namespace')) ?? '';
  const name = reader.text(field(metric, 'MetricName')) ?? '';
  const periodSeconds = Number(reader.text(period) ?? DEFAULT_PERIOD_SECONDS);
  return knownMetric(namespace, name, (reader.text(statistic) ?? 'Average') as Statistic, periodSeconds);
}

/** Whether a metric has the dimension of another service or group, or that of a whole cluster. */
function isOfOtherService(reader: ScalingReader, metric: TemplateValue | undefined): boolean {
  const { scaled, template } = reader;
  const dimensions = items(field(metric, 'Dimensions'));
  const dimensionOf = (name: string): TemplateValue | undefined =>
    field(
      dimensions.find((dimension) => reader.text(field(dimension, 'Name')) === name),
      'Value',
    );
  const isOther = dimensions.some((dimension) => {
    const owner = template.referencedResource(field(dimension, 'Value'), scaled.type);
    return owner !== undefined && owner.id !== scaled.id;
  });
  const [own, named] = [reader.text(scaled.properties.ServiceName), reader.text(dimensionOf('ServiceName'))];
  const isOtherName = own !== undefined && named !== undefined && own !== named;
  const isOfCluster = dimensionOf('ClusterName') !== undefined && dimensionOf('ServiceName') === undefined;
  return isOther || isOtherName || isOfCluster;
}
