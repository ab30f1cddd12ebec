import { field, items, type Section } from '../../src/plan/template/template-value';
import { METRIC_COLUMNS, type MetricColumn } from '../../src/recording/recorded-period';
import { parseTimeSeconds } from '../../src/traffic/recorded/recorded-times';
import type { AwsAction } from '../live-service/aws-actions';
import type { AwsCalls, CallInput } from '../live-service/aws-calls';
import type { MetricSeries } from './exported-metrics';
import type { RecordedResources } from './recorded-resources';
import type { RecordedPart } from './recorded-time';

/** A metric of a resource, and the field that its values are those of. */
export interface MetricQuery extends Pick<MetricColumn, 'field' | 'namespace' | 'metricName' | 'statistic'> {
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The queries of all metrics of a service. */
export function metricQueries({ clusterName, service, targetGroups, loadBalancers }: RecordedResources): MetricQuery[] {
  const balancerName = (arn: unknown): string => String(arn).split(':loadbalancer/').at(-1)!;
  const ofGroups = targetGroups.flatMap(({ described }) => {
    const [balancer] = items(described.LoadBalancerArns);
    const TargetGroup = String(described.TargetGroupArn).split(':').at(-1)!;
    return balancer === undefined ? [] : [{ LoadBalancer: balancerName(balancer), TargetGroup }];
  });
  const places: Readonly<Record<MetricColumn['dimensions'], readonly MetricQuery['dimensions'][]>> = {
    service: [{ ClusterName: clusterName, ServiceName: String(service.serviceName) }],
    'target group': ofGroups,
    'load balancer': loadBalancers.map(({ described }) => ({ LoadBalancer: balancerName(described.LoadBalancerArn) })),
  };
  return METRIC_COLUMNS.flatMap(({ dimensions, field: of, namespace, metricName, statistic }) =>
    places[dimensions].map((values) => ({ field: of, namespace, metricName, statistic, dimensions: values })),
  );
}

/** Reads the values of metrics in a time. */
export async function readMetrics(calls: AwsCalls, queries: readonly MetricQuery[], part: RecordedPart): Promise<MetricSeries[]> {
  const { fromSeconds, untilSeconds, periodSeconds } = part;
  const input = {
    StartTime: new Date(1000 * fromSeconds),
    EndTime: new Date(1000 * untilSeconds),
    ScanBy: 'TimestampAscending',
    MetricDataQueries: queries.map(({ namespace, metricName, statistic, dimensions }, index) => ({
      Id: `m${index}`,
      MetricStat: {
        Metric: {
          Namespace: namespace,
          MetricName: metricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: periodSeconds,
        Stat: statistic,
      },
    })),
  };
  const results = await allPages(calls, 'cloudwatch:GetMetricData', input, 'MetricDataResults');
  return queries.map(({ field: of }, index) => {
    const pages = results.filter(({ Id }) => Id === `m${index}`);
    return {
      field: of,
      times: pages.flatMap((page) => items(field(page, 'Timestamps')).map((time) => parseTimeSeconds(String(time)))),
      values: pages.flatMap((page) => items(field(page, 'Values')).map(Number)),
    };
  });
}

/** Six weeks of a service that scales each minute have 1,200 pages of activities. */
const MAX_PAGES = 5000;

/** The items of a member of the output of an action, of all its pages. */
export async function allPages(
  calls: AwsCalls,
  action: AwsAction,
  input: CallInput,
  member: string,
  onPage: (items: number) => void = () => {},
): Promise<readonly Section[]> {
  const all: Section[] = [];
  let token: unknown;
  for (let count = 0; count < MAX_PAGES && (count === 0 || token !== undefined); count++) {
    const output = await calls.call(action, token === undefined ? input : { ...input, NextToken: token });
    all.push(...(items(output[member]) as readonly Section[]));
    token = output.NextToken === '' ? undefined : output.NextToken;
    onPage(all.length);
  }
  return all;
}
