import { InputError } from '../../src/parse/input-error';
import { isJsonObject, type JsonObject } from '../../src/parse/json-fields';
import { METRIC_COLUMNS, type PeriodField, type RecordedPeriod } from '../../src/recording/recorded-period';
import { parseTimeSeconds } from '../../src/traffic/recorded/recorded-times';
import { fieldOfLabel } from './metric-labels';
import { usualPeriodSeconds } from './period-table';

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

/** The values of several series by their time. Series of one metric, such as those of several target groups, become one. */
export function periodsOfSeries(series: readonly MetricSeries[], periodSeconds?: number): RecordedPeriod[] {
  const seconds = periodSeconds ?? usualPeriodSeconds(series.flatMap(({ times }) => times));
  const periods = new Map<number, Partial<Record<PeriodField, number>>>();
  for (const { field, times, values } of series) {
    const { combined } = METRIC_COLUMNS.find((column) => column.field === field)!;
    for (const [index, time] of times.entries()) {
      const period = periods.get(time) ?? {};
      const before = period[field];
      const value = values[index]!;
      const combine = combined === 'sum' ? (one: number, other: number): number => one + other : Math.max;
      period[field] = before === undefined ? value : combine(before, value);
      periods.set(time, period);
    }
  }
  return [...periods]
    .sort(([one], [other]) => one - other)
    .map(([startsAtSeconds, values]) => ({ startsAtSeconds, periodSeconds: seconds, ...values }));
}
