import {
  type AwsCall,
  AwsError,
  type AwsObject,
  number,
  type Operations,
  strings,
  structure,
  structures,
  text,
  timestamp,
} from '../front/aws-call';
import { type AnyStatistic, CLOUD_WATCH_METRICS } from './cloud-watch-metrics';
import type { LiveServices } from './live-services';
import { dimensionsOf, findMetric, type ServiceMetric } from './metric-lookup';
import { evaluateMetricMath, MetricMathError, type Series } from './metric-math-values';

/** The operations of CloudWatch on metrics. Metrics that are not those of live services are those of the control plane. */
export function metricOperations(live: LiveServices): Operations {
  return {
    'monitoring GetMetricData': (call, passOn) => getMetricData(live, call, passOn),
    'monitoring GetMetricStatistics': async (call, passOn) => {
      const metric = findMetric(live, call.region, call.input);
      return metric === undefined ? passOn() : getMetricStatistics(metric, call.input);
    },
    'monitoring ListMetrics': async (call, passOn) => {
      const output = await passOn();
      return { ...output, Metrics: [...structures(output.Metrics), ...listMetrics(live, call)] };
    },
  };
}

async function getMetricData(live: LiveServices, call: AwsCall, passOn: () => Promise<AwsObject>): Promise<AwsObject> {
  const { region, input } = call;
  const queries = structures(input.MetricDataQueries);
  const found = new Map(queries.map((query) => [query, findMetric(live, region, structure(structure(query.MetricStat).Metric))]));
  if ([...found.values()].every((metric) => metric === undefined)) return passOn();
  const range = rangeOf(input);
  const series = new Map<string, Series>();
  for (const [query, metric] of found) {
    const stat = structure(query.MetricStat);
    if (query.MetricStat !== undefined)
      series.set(
        String(query.Id),
        metric === undefined ? new Map() : seriesOf(metric, stat.Stat as AnyStatistic, periodOf(stat.Period), range),
      );
  }
  const measured = [...series.values()];
  const times = [...new Set(measured.flatMap((each) => [...each.keys()]))];
  const valuesOf = (id: string, depth = 0): Series | undefined => {
    const expression = text(queries.find((query) => query.Id === id)?.Expression);
    if (expression === undefined || depth > queries.length) return series.get(id);
    return evaluateMetricMath(expression, { series: (other) => valuesOf(other, depth + 1), all: () => measured, times });
  };
  const isDescending = input.ScanBy !== 'TimestampAscending';
  const results = queries
    .filter((query) => String(query.ReturnData ?? 'true') !== 'false')
    .map((query) =>
      dataResult(
        query,
        readSeries(() => valuesOf(String(query.Id))),
        isDescending,
      ),
    );
  return { MetricDataResults: results, Messages: [] };
}

function readSeries(read: () => Series | undefined): Series {
  try {
    return read() ?? new Map();
  } catch (error) {
    if (error instanceof MetricMathError) throw new AwsError('ValidationError', error.message);
    throw error;
  }
}

function dataResult(query: AwsObject, values: Series, isDescending: boolean): AwsObject {
  const sorted = [...values].sort(([one], [other]) => (isDescending ? other - one : one - other));
  return {
    Id: query.Id,
    Label: text(query.Label) ?? text(structure(structure(query.MetricStat).Metric).MetricName) ?? text(query.Expression),
    Timestamps: sorted.map(([time]) => new Date(time)),
    Values: sorted.map(([, value]) => value),
    StatusCode: 'Complete',
  };
}

function getMetricStatistics(metric: ServiceMetric, input: AwsObject): AwsObject {
  const statistics = [...strings(input.Statistics), ...strings(input.ExtendedStatistics)] as AnyStatistic[];
  const range = rangeOf(input);
  const byStatistic = statistics.map((statistic) => [statistic, seriesOf(metric, statistic, periodOf(input.Period), range)] as const);
  const times = [...new Set(byStatistic.flatMap(([, series]) => [...series.keys()]))].sort((one, other) => one - other);
  const datapoints = times.map((time) => {
    const values = byStatistic.flatMap(([statistic, series]) => (series.has(time) ? [[statistic, series.get(time)] as const] : []));
    const extended = values.filter(([statistic]) => statistic.startsWith('p'));
    return {
      Timestamp: new Date(time),
      Unit: metric.metric.unit,
      ...Object.fromEntries(values.filter(([statistic]) => !statistic.startsWith('p'))),
      ...(extended.length > 0 && { ExtendedStatistics: Object.fromEntries(extended) }),
    };
  });
  return { Label: metric.metric.name, Datapoints: datapoints };
}

interface TimeRange {
  readonly fromMillis: number;
  readonly untilMillis: number;
}

/** The values of a metric, one for each period that has begun in a range. */
function seriesOf(metric: ServiceMetric, statistic: AnyStatistic, periodSeconds: number, { fromMillis, untilMillis }: TimeRange): Series {
  metric.sample();
  const periodMillis = periodSeconds * 1000;
  const firstMillis = Math.max(fromMillis, metric.startMillis ?? untilMillis);
  const values = new Map<number, number>();
  for (
    let start = Math.floor(firstMillis / periodMillis) * periodMillis;
    start < Math.min(untilMillis, Date.now());
    start += periodMillis
  ) {
    const value = metric.value(statistic, start, start + periodMillis);
    if (value !== undefined) values.set(start, value);
  }
  return values;
}

function rangeOf(input: AwsObject): TimeRange {
  const from = timestamp(input.StartTime);
  const until = timestamp(input.EndTime);
  if (from === undefined || until === undefined) throw new AwsError('ValidationError', 'StartTime and EndTime must be timestamps');
  return { fromMillis: from.getTime(), untilMillis: until.getTime() };
}

const DEFAULT_PERIOD_SECONDS = 60;

function periodOf(value: AwsObject[string]): number {
  const seconds = number(value) ?? DEFAULT_PERIOD_SECONDS;
  if (!Number.isInteger(seconds) || seconds < 1)
    throw new AwsError('InvalidParameterValue', `Period must be a whole number of seconds, got ${seconds}`);
  return seconds;
}

function listMetrics(live: LiveServices, { region, input }: AwsCall): AwsObject[] {
  const isAsked = (namespace: string, name: string): boolean =>
    (input.Namespace === undefined || input.Namespace === namespace) && (input.MetricName === undefined || input.MetricName === name);
  const asked = structures(input.Dimensions);
  return live.all
    .filter(({ record }) => record.region === region)
    .flatMap((service) => {
      const values = dimensionsOf(service);
      return CLOUD_WATCH_METRICS.filter(({ namespace, name }) => isAsked(namespace, name)).map(({ namespace, name, dimensions }) => ({
        Namespace: namespace,
        MetricName: name,
        Dimensions: dimensions[0]!.map((dimension) => ({ Name: dimension, Value: values[dimension]?.[0] })),
      }));
    })
    .filter(({ Dimensions }) =>
      asked.every(({ Name, Value }) => Dimensions.some((each) => each.Name === Name && (Value === undefined || each.Value === Value))),
    );
}
