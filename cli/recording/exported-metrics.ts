import { InputError } from '../../src/parse/input-error';
import { isJsonObject, type JsonObject } from '../../src/parse/json-fields';
import { columnOf, combinedValue, METRIC_COLUMNS, type PeriodField, type RecordedPeriod } from '../../src/recording/recorded-period';
import { parseTimeSeconds } from '../../src/traffic/recorded/recorded-times';
import { fieldOfLabel } from './metric-labels';
import { usualPeriodSeconds } from './period-table';
import { dateText } from './recorded-time';

/** The values of one metric over time. */
export interface MetricSeries {
  readonly field: PeriodField;
  /** In seconds since 1970, in any order. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/**
 * Reads what `aws cloudwatch get-metric-data` prints: a series for each result whose label or ID names a metric.
 *
 * @param name the name of the file in errors.
 */
export function readMetricData(value: JsonObject, name: string): MetricSeries[] {
  const results = value['MetricDataResults'];
  if (!Array.isArray(results)) throw new InputError([`${name} must be what aws cloudwatch get-metric-data prints, with MetricDataResults`]);
  const series = results.filter(isJsonObject).flatMap((result): MetricSeries[] => {
    const field = fieldOfLabel(String(result['Label'] ?? '')) ?? fieldOfLabel(String(result['Id'] ?? ''));
    return field === undefined
      ? []
      : [{ field, times: list(result['Timestamps']).map(secondsOf), values: list(result['Values']).map(Number) }];
  });
  if (series.length === 0)
    throw new InputError([
      `${name} must have results whose labels or IDs name metrics, such as ${METRIC_COLUMNS.slice(0, 1).map(({ metricName }) => metricName)} and CPUUtilization`,
    ]);
  const isWrong = series.some(
    ({ times, values }) => times.length !== values.length || [...times, ...values].some((number) => !Number.isFinite(number)),
  );
  if (isWrong) throw new InputError([`${name} must have a date and a number for each datapoint`]);
  return series;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function secondsOf(value: unknown): number {
  return typeof value === 'number' ? value : parseTimeSeconds(String(value));
}

/**
 * Refuses series of which a forecast would count a value twice: several target groups may have requests at the same time, but a service has one value of CPU.
 *
 * @throws InputError if a metric of the service has two values for a time.
 */
export function assertOneService(series: readonly MetricSeries[]): void {
  const seen = new Set<string>();
  for (const { field, times } of series) {
    const { dimensions, metricName, statistic } = columnOf(field);
    if (dimensions !== 'service') continue;
    for (const time of times) {
      const key = `${field} ${time}`;
      if (seen.has(key))
        throw new InputError([
          `--metrics must have one ${metricName} ${statistic} for each time, got two at ${dateText(time)}: files of the same time, of two services, or of two statistics`,
        ]);
      seen.add(key);
    }
  }
}

/** The values of several series by their time. Series of one metric, such as those of several target groups, become one. */
export function periodsOfSeries(series: readonly MetricSeries[], periodSeconds?: number): RecordedPeriod[] {
  const seconds = periodSeconds ?? usualPeriodSeconds(series.flatMap(({ times }) => times));
  const periods = new Map<number, Partial<Record<PeriodField, number>>>();
  for (const { field, times, values } of series) {
    for (const [index, time] of times.entries()) {
      const period = periods.get(time) ?? {};
      period[field] = combinedValue(field, period[field], values[index]!);
      periods.set(time, period);
    }
  }
  return [...periods]
    .sort(([one], [other]) => one - other)
    .map(([startsAtSeconds, values]) => ({ startsAtSeconds, periodSeconds: seconds, ...values }));
}
