import { type AwsObject, structures, text } from '../front/aws-call';
import { type AnyStatistic, CLOUD_WATCH_METRICS, type CloudWatchMetric, isTotal, metricValue } from './cloud-watch-metrics';
import type { LiveService } from './live-service';
import type { LiveServices } from './live-services';
import { metricDimensionOf } from './resource-names';
import { targetGroupArnsOf } from './service-records';

/** A metric of one live service. */
export class ServiceMetric {
  public constructor(
    public readonly metric: CloudWatchMetric,
    public readonly service: LiveService,
  ) {}

  /** The value over a range of the wall clock; undefined without a datapoint. */
  public value(statistic: AnyStatistic, fromMillis: number, untilMillis: number): number | undefined {
    const { history } = this.service.sampler;
    const counted = history.between(fromMillis, untilMillis);
    if (counted === undefined) return undefined;
    return metricValue(this.metric, statistic, counted, history.steps(fromMillis, untilMillis));
  }

  /**
   * The value that an alarm evaluates. A period of the emulation is shorter on the wall clock, so that totals are those of the same rate over
   * the whole period.
   */
  public alarmValue(statistic: AnyStatistic, fromMillis: number, untilMillis: number, speed: number): number | undefined {
    const value = this.value(statistic, fromMillis, untilMillis);
    return value !== undefined && isTotal(this.metric, statistic) ? value * speed : value;
  }
}

/** The metric of a live service with a namespace, a name and dimensions; undefined if there is none, so that the control plane has it. */
export function findMetric(
  live: LiveServices,
  region: string,
  { Namespace, MetricName, Dimensions }: AwsObject,
): ServiceMetric | undefined {
  const metric = CLOUD_WATCH_METRICS.find(({ namespace, name }) => namespace === Namespace && name === MetricName);
  if (metric === undefined) return undefined;
  const given = new Map(structures(Dimensions).map(({ Name, Value }) => [String(Name), text(Value) ?? '']));
  given.delete('AvailabilityZone');
  const isKnown = metric.dimensions.some((names) => names.length === given.size && names.every((name) => given.has(name)));
  const service = isKnown ? live.all.find((each) => each.record.region === region && hasDimensions(each, given)) : undefined;
  return service && new ServiceMetric(metric, service);
}

function hasDimensions(service: LiveService, given: ReadonlyMap<string, string>): boolean {
  const own = dimensionsOf(service);
  return [...given].every(([name, value]) => own[name]?.includes(value) === true);
}

/** The values of the dimensions of a service's metrics. */
export function dimensionsOf({ record, loadBalancerArns }: LiveService): Readonly<Record<string, readonly string[]>> {
  return {
    ClusterName: [record.clusterName],
    ServiceName: [record.name],
    LoadBalancer: loadBalancerArns.map(metricDimensionOf),
    TargetGroup: targetGroupArnsOf(record).map(metricDimensionOf),
  };
}
