import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { type AwsObject, number, structure, structures, text } from '../front/aws-call';
import type { AnyStatistic } from './cloud-watch-metrics';
import type { LiveServices } from './live-services';
import { findMetric, type ServiceMetric } from './metric-lookup';
import { evaluateMetricMath, MetricMathError, type Series } from './metric-math-values';

/** From the end of a period until CloudWatch has its datapoint, in seconds of the emulation: the middle of what was measured. */
const METRIC_DELAY_SECONDS = (AWS_BEHAVIOR.metricDelaySeconds.min + AWS_BEHAVIOR.metricDelaySeconds.max) / 2;

/** A metric of an alarm, with its statistic. */
interface AlarmMetric {
  readonly metric: ServiceMetric;
  readonly statistic: AnyStatistic;
}

/**
 * The values that an alarm evaluates, the oldest first; undefined for a period without one.
 *
 * @param count the number of periods.
 * @returns undefined if the alarm is on nothing that is live, or on an expression that is not supported.
 */
export function alarmValues(live: LiveServices, region: string, alarm: AwsObject, count: number): (number | undefined)[] | undefined {
  const queries = structures(alarm.Metrics);
  if (queries.length > 0) return mathValues(live, region, queries, count);
  const metric = findMetric(live, region, alarm);
  if (metric === undefined) return undefined;
  const statistic = (text(alarm.ExtendedStatistic) ?? text(alarm.Statistic) ?? 'Average') as AnyStatistic;
  return periodValues(live, { metric, statistic }, number(alarm.Period), count);
}

function mathValues(live: LiveServices, region: string, queries: readonly AwsObject[], count: number): (number | undefined)[] | undefined {
  const series = new Map<string, Series>();
  for (const { Id, MetricStat } of queries) {
    const stat = structure(MetricStat);
    const metric = findMetric(live, region, structure(stat.Metric));
    if (metric === undefined) continue;
    const values = periodValues(live, { metric, statistic: stat.Stat as AnyStatistic }, number(stat.Period), count);
    series.set(String(Id), new Map(values.flatMap((value, index) => (value === undefined ? [] : [[index, value] as const]))));
  }
  const returned = queries.find(({ ReturnData }) => String(ReturnData ?? 'true') !== 'false');
  if (series.size === 0 || returned === undefined) return undefined;
  const times = Array.from({ length: count }, (_, index) => index);
  const valuesOf = (id: string, depth: number): Series | undefined => {
    const expression = text(queries.find((query) => query.Id === id)?.Expression);
    if (expression === undefined || depth > queries.length) return series.get(id);
    return evaluateMetricMath(expression, { series: (other) => valuesOf(other, depth + 1), all: () => [...series.values()], times });
  };
  try {
    const values = valuesOf(String(returned.Id), 0);
    return values && times.map((index) => values.get(index));
  } catch (error) {
    if (error instanceof MetricMathError) return undefined;
    throw error;
  }
}

function periodValues(
  live: LiveServices,
  { metric, statistic }: AlarmMetric,
  periodSeconds: number = AWS_BEHAVIOR.periodSeconds,
  count = 1,
): (number | undefined)[] {
  const { speed } = live.parts.clock;
  const periodMillis = (periodSeconds / speed) * 1000;
  const endMillis = Date.now() - (METRIC_DELAY_SECONDS / speed) * 1000;
  const { startMillis = endMillis } = metric;
  return Array.from({ length: count }, (_, index) => {
    const untilMillis = endMillis - (count - 1 - index) * periodMillis;
    return untilMillis <= startMillis ? undefined : metric.alarmValue(statistic, untilMillis - periodMillis, untilMillis, speed);
  });
}
