import { type AwsObject, structures, text } from '../front/aws-call';
import { type AnyStatistic, CLOUD_WATCH_METRICS, type CloudWatchMetric, type Counted, isTotal, metricValue } from './cloud-watch-metrics';
import type { CounterHistory } from './counter-history';
import type { LiveService } from './live-service';
import type { LiveServices } from './live-services';
import { metricDimensionOf } from './resource-names';
import { targetGroupArnsOf } from './service-records';

/** A metric of one live service, or of all that a load balancer sends requests to. */
export class ServiceMetric {
  public constructor(
    public readonly metric: CloudWatchMetric,
    private readonly services: readonly LiveService[],
    /** The metric is of one target group, or of the whole services without it. */
    private readonly targetGroup?: string,
  ) {}

  /** When it was first sampled; undefined before that. */
  public get startMillis(): number | undefined {
    const starts = this.histories.map(({ startMillis }) => startMillis).filter((millis) => millis !== undefined);
    return starts.length === 0 ? undefined : Math.min(...starts);
  }

  private get histories(): readonly CounterHistory[] {
    return this.services.map(({ record, sampler, traffic }) => {
      const arn = targetGroupArnsOf(record).find((each) => metricDimensionOf(each) === this.targetGroup);
      const part = arn === undefined ? undefined : traffic.partOfTargetGroup(arn);
      return part === undefined ? sampler.history : sampler.historyOf(part);
    });
  }

  /** Samples it now, so that its values are up to date. */
  public sample(): void {
    for (const { sampler } of this.services) sampler.sample();
  }

  /** The value over a range of the wall clock; undefined without a datapoint. */
  public value(statistic: AnyStatistic, fromMillis: number, untilMillis: number): number | undefined {
    const { histories } = this;
    const counted = histories.map((history) => history.between(fromMillis, untilMillis)).filter((each) => each !== undefined);
    const [only, ...others] = histories;
    if (counted.length === 0 || only === undefined) return undefined;
    const steps = others.length === 0 ? only.steps(fromMillis, untilMillis) : [];
    return metricValue(this.metric, statistic, together(counted), steps);
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
  const services = isKnown ? live.all.filter((each) => each.record.region === region && hasDimensions(each, given)) : [];
  return services.length === 0 ? undefined : new ServiceMetric(metric, services, given.get('TargetGroup'));
}

/** What several services counted in the same time. */
function together([first = {}, ...others]: readonly Counted[]): Counted {
  return others.reduce((sum, counted) => {
    const added = Object.entries(counted).map(([name, count]) => [name, count + (sum[name] ?? 0)] as const);
    return { ...Object.fromEntries(added), seconds: Math.max(sum.seconds ?? 0, counted.seconds ?? 0) };
  }, first);
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
