import * as autoScaling from '@aws-sdk/client-application-auto-scaling';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as ecs from '@aws-sdk/client-ecs';
import * as loadBalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import { awsInputError } from './aws-errors';

/** Throttled calls are repeated this often: a recording of weeks has hundreds of calls. */
const MAX_ATTEMPTS = 8;

/** A metric with its statistic, as a query of `GetMetricData`. */
export interface MetricQuery {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The values of a query, in the order of their time. */
export interface MetricValues {
  /** In seconds since 1970. */
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** A time and the length of the periods in it, in seconds. */
export interface MetricRange {
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  readonly periodSeconds: number;
}

/** A resource of Elastic Load Balancing, with the attributes that are read by a call of their own. */
export interface WithAttributes {
  readonly described: object;
  readonly attributes: readonly object[];
}

/** The calls of AWS that a recording needs. All of them only read. */
export class AwsCalls {
  private readonly ecs: ecs.ECSClient;
  private readonly cloudWatch: cloudWatch.CloudWatchClient;
  private readonly autoScaling: autoScaling.ApplicationAutoScalingClient;
  private readonly loadBalancing: loadBalancing.ElasticLoadBalancingV2Client;

  /**
   * @param region undefined for that of the environment, as the AWS CLI has it.
   * @param options endpoint and credentials, likewise.
   */
  public constructor(region: string | undefined, options: Pick<ecs.ECSClientConfig, 'endpoint' | 'credentials'> = {}) {
    // this version of the SDK works with the Node that runs it, whatever later ones will need.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
    const config = { ...(region !== undefined && { region }), maxAttempts: MAX_ATTEMPTS, ...options };
    this.ecs = new ecs.ECSClient(config);
    this.cloudWatch = new cloudWatch.CloudWatchClient(config);
    this.autoScaling = new autoScaling.ApplicationAutoScalingClient(config);
    this.loadBalancing = new loadBalancing.ElasticLoadBalancingV2Client(config);
  }

  /** The region that is called. */
  public region(): Promise<string> {
    return explained('the region', () => this.ecs.config.region());
  }

  public async service(cluster: string, name: string): Promise<ecs.Service | undefined> {
    const output = await explained('ecs:DescribeServices', () =>
      this.ecs.send(new ecs.DescribeServicesCommand({ cluster, services: [name] })),
    );
    return output.services?.find(({ status }) => status !== 'INACTIVE');
  }

  public async taskDefinition(taskDefinition: string): Promise<ecs.TaskDefinition | undefined> {
    const command = new ecs.DescribeTaskDefinitionCommand({ taskDefinition });
    return (await explained('ecs:DescribeTaskDefinition', () => this.ecs.send(command))).taskDefinition;
  }

  public async targetGroups(arns: readonly string[]): Promise<WithAttributes[]> {
    if (arns.length === 0) return [];
    const command = new loadBalancing.DescribeTargetGroupsCommand({ TargetGroupArns: [...arns] });
    const { TargetGroups = [] } = await explained('elasticloadbalancing:DescribeTargetGroups', () => this.loadBalancing.send(command));
    return Promise.all(
      TargetGroups.map(async (described) => {
        const { TargetGroupArn } = described;
        const { Attributes = [] } = await explained('elasticloadbalancing:DescribeTargetGroupAttributes', () =>
          this.loadBalancing.send(new loadBalancing.DescribeTargetGroupAttributesCommand({ TargetGroupArn })),
        );
        return { described, attributes: Attributes };
      }),
    );
  }

  public async loadBalancers(arns: readonly string[]): Promise<WithAttributes[]> {
    if (arns.length === 0) return [];
    const command = new loadBalancing.DescribeLoadBalancersCommand({ LoadBalancerArns: [...arns] });
    const { LoadBalancers = [] } = await explained('elasticloadbalancing:DescribeLoadBalancers', () => this.loadBalancing.send(command));
    return Promise.all(
      LoadBalancers.map(async (described) => {
        const { LoadBalancerArn } = described;
        const { Attributes = [] } = await explained('elasticloadbalancing:DescribeLoadBalancerAttributes', () =>
          this.loadBalancing.send(new loadBalancing.DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
        );
        return { described, attributes: Attributes };
      }),
    );
  }

  /** The listeners of a load balancer with their rules. */
  public async listeners(LoadBalancerArn: string): Promise<{ readonly described: object; readonly rules: readonly object[] }[]> {
    const listeners = await explained('elasticloadbalancing:DescribeListeners', () =>
      allOf(loadBalancing.paginateDescribeListeners({ client: this.loadBalancing }, { LoadBalancerArn }), ({ Listeners }) => Listeners),
    );
    return Promise.all(
      listeners.map(async (described) => {
        const input = { ListenerArn: described.ListenerArn };
        const rules = await explained('elasticloadbalancing:DescribeRules', () =>
          allOf(loadBalancing.paginateDescribeRules({ client: this.loadBalancing }, input), ({ Rules }) => Rules),
        );
        return { described, rules };
      }),
    );
  }

  public scalableTargets(resourceId: string): Promise<autoScaling.ScalableTarget[]> {
    const input = { ServiceNamespace: 'ecs', ResourceIds: [resourceId] } as const;
    return explained('application-autoscaling:DescribeScalableTargets', () =>
      allOf(
        autoScaling.paginateDescribeScalableTargets({ client: this.autoScaling }, { ...input, ResourceIds: [resourceId] }),
        (page) => page.ScalableTargets,
      ),
    );
  }

  public scalingPolicies(ResourceId: string): Promise<autoScaling.ScalingPolicy[]> {
    return explained('application-autoscaling:DescribeScalingPolicies', () =>
      allOf(
        autoScaling.paginateDescribeScalingPolicies({ client: this.autoScaling }, ecsResource(ResourceId)),
        (page) => page.ScalingPolicies,
      ),
    );
  }

  public scheduledActions(ResourceId: string): Promise<autoScaling.ScheduledAction[]> {
    return explained('application-autoscaling:DescribeScheduledActions', () =>
      allOf(
        autoScaling.paginateDescribeScheduledActions({ client: this.autoScaling }, ecsResource(ResourceId)),
        (page) => page.ScheduledActions,
      ),
    );
  }

  /** The scaling activities of a service, the newest first, with those that did not scale. */
  public scalingActivities(ResourceId: string, onPage: (activities: number) => void): Promise<autoScaling.ScalingActivity[]> {
    const input = { ...ecsResource(ResourceId), IncludeNotScaledActivities: true };
    return explained('application-autoscaling:DescribeScalingActivities', () =>
      allOf(autoScaling.paginateDescribeScalingActivities({ client: this.autoScaling }, input), (page) => page.ScalingActivities, onPage),
    );
  }

  public alarms(names: readonly string[]): Promise<cloudWatch.MetricAlarm[]> {
    if (names.length === 0) return Promise.resolve([]);
    return explained('cloudwatch:DescribeAlarms', () =>
      allOf(cloudWatch.paginateDescribeAlarms({ client: this.cloudWatch }, { AlarmNames: [...names] }), (page) => page.MetricAlarms),
    );
  }

  /** The values of metrics in a time, in the order of the queries. */
  public async metricData(
    queries: readonly MetricQuery[],
    { fromSeconds, untilSeconds, periodSeconds }: MetricRange,
  ): Promise<MetricValues[]> {
    const input: cloudWatch.GetMetricDataCommandInput = {
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
    const results = await explained('cloudwatch:GetMetricData', () =>
      allOf(cloudWatch.paginateGetMetricData({ client: this.cloudWatch }, input), (page) => page.MetricDataResults),
    );
    return queries.map((_, index) => {
      const pages = results.filter(({ Id }) => Id === `m${index}`);
      return {
        times: pages.flatMap(({ Timestamps = [] }) => Timestamps.map((time) => time.getTime() / 1000)),
        values: pages.flatMap(({ Values = [] }) => Values),
      };
    });
  }

  public stop(): void {
    for (const client of [this.ecs, this.cloudWatch, this.autoScaling, this.loadBalancing]) client.destroy();
  }
}

function ecsResource(ResourceId: string) {
  return { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount', ResourceId } as const;
}

async function allOf<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
  onPage: (items: number) => void = () => {},
): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) {
    all.push(...(itemsOf(page) ?? []));
    onPage(all.length);
  }
  return all;
}

/** The result of a call; its error says what to do, where that is known. */
async function explained<Result>(permission: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw awsInputError(permission, error);
  }
}
