import { InputError } from '../../parse/input-error';
import { isJsonObject, type JsonObject } from '../../parse/json-fields';
import type { Traffic } from '../traffic-phases';
import { trafficOfSeries } from './recorded-series';
import { epochUnitSeconds, parseTimeSeconds } from './recorded-times';

/** Whether JSON is that of a metric that was recorded. */
export function isMetricsJson(value: unknown): boolean {
  return Array.isArray(value)
    ? Array.isArray(value[0]) && value[0].length === 2
    : isJsonObject(value) && ['MetricDataResults', 'Datapoints', 'resultType', 'result', 'data'].some((name) => name in value);
}

/** Reads what `aws cloudwatch get-metric-data` and `get-metric-statistics` print, and what a range query of Prometheus responds. */
export function readMetricsJson(value: unknown): Traffic {
  if (isJsonObject(value)) {
    if (Array.isArray(value['MetricDataResults'])) return metricData(value['MetricDataResults']);
    if (Array.isArray(value['Datapoints'])) return metricStatistics(value['Datapoints']);
    const data = isJsonObject(value['data']) ? value['data'] : value;
    if (Array.isArray(data['result'])) return rangeQuery(data['result']);
  }
  if (Array.isArray(value)) return pairs(value);
  throw new InputError([
    "a metric in JSON must be that of CloudWatch's get-metric-data or get-metric-statistics, or of a range query of Prometheus",
  ]);
}

function metricData(results: readonly unknown[]): Traffic {
  const filled = results.filter(isJsonObject).filter((result) => Array.isArray(result['Values']) && result['Values'].length > 0);
  if (filled.length !== 1)
    throw new InputError([
      `MetricDataResults must have one metric with values, got ${filled.length}: query RequestCount with the statistic Sum`,
    ]);
  const [result] = filled as [JsonObject];
  const times = result['Timestamps'] as readonly unknown[];
  const values = result['Values'] as readonly unknown[];
  return countsAt(times, values);
}

function metricStatistics(datapoints: readonly unknown[]): Traffic {
  const objects = datapoints.filter(isJsonObject);
  const sums = objects.filter((point) => typeof point['Sum'] === 'number');
  if (sums.length === 0) throw new InputError(['Datapoints must have the statistic Sum of RequestCount, got none: add --statistics Sum']);
  return countsAt(
    sums.map((point) => point['Timestamp']),
    sums.map((point) => point['Sum']),
  );
}

function countsAt(times: readonly unknown[] | undefined, values: readonly unknown[]): Traffic {
  return trafficOfSeries({
    times: Float64Array.from(values, (_, row) => timeOf(times?.[row])),
    values: Float64Array.from(values, (value) => amountOf(value)),
    value: { kind: 'count' },
  });
}

function rangeQuery(results: readonly unknown[]): Traffic {
  if (results.length !== 1)
    throw new InputError([`a range query must have one series, got ${results.length}: sum them, as in sum(rate(http_requests_total[1m]))`]);
  const [series] = results;
  if (!isJsonObject(series) || !Array.isArray(series['values']))
    throw new InputError(['a query of Prometheus must be a range query, whose result has values: use /api/v1/query_range']);
  const metric = isJsonObject(series['metric']) ? series['metric']['__name__'] : undefined;
  if (typeof metric === 'string' && /_(total|count|sum|bucket)$/.test(metric))
    throw new InputError(['a range query must have requests per second, got a counter that only grows: query rate(…[1m])']);
  return pairs(series['values']);
}

function pairs(list: readonly unknown[]): Traffic {
  const rows = list.map((pair) => (Array.isArray(pair) ? pair : []));
  return trafficOfSeries({
    times: Float64Array.from(rows, ([time]) => timeOf(time)),
    values: Float64Array.from(rows, ([, value]) => amountOf(value)),
    value: { kind: 'rate', factor: 1 },
  });
}

function timeOf(value: unknown): number {
  const seconds = typeof value === 'number' ? value * epochUnitSeconds(value) : parseTimeSeconds(String(value).trim());
  if (Number.isFinite(seconds)) return seconds;
  throw new InputError(['each time of a metric must be a date or seconds since 1970']);
}

function amountOf(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && number >= 0 && Number.isFinite(number)) return number;
  throw new InputError(['each value of a metric must be a number of at least 0']);
}
