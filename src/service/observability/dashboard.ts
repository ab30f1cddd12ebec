import { Duration, Token } from 'aws-cdk-lib';
import { Color, Dashboard, GraphWidget, type IMetric, type IWidget, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { CpuArchitecture, type FargateService, type ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { US_EAST_1_PRICES } from '../../decide/cost/prices';
import { DEFAULTS } from '../../plan/default-plan';
import { vcpuOf } from '../../plan/task-size';
import type { PlanFromProps } from '../plan-from-props';
import type { ScalingProps } from '../scaling/scaling-props';
import { architectureOf } from '../task/architecture';
import type { TaskProps } from '../task/task-props';
import { createAlarms, notifyOfFailedDeployments, type ServiceAlarms } from './alarms';
import type { ObservabilityProps } from './observability-props';
import type { ServiceMetrics } from './service-metrics';
import { allowPublishing } from './topic-access';

/** Creates the alarms, unless the props disable them, and for an alarm topic also the event rule that reports failed deployments. */
export function createServiceAlarms(
  scope: Construct,
  service: FargateService,
  metrics: ServiceMetrics,
  scaling: ScalableTaskCount,
  { policy }: PlanFromProps,
  props: ObservabilityProps & ScalingProps,
): ServiceAlarms {
  const { alarmTopic, alarms = DEFAULTS.alarms } = props;
  if (alarmTopic !== undefined) {
    allowPublishing(scope, alarmTopic, alarms);
    notifyOfFailedDeployments(scope, service, alarmTopic);
  }
  return alarms ? createAlarms(scope, metrics, scaling, policy, props) : { ofDeployment: [], all: [] };
}

/** Creates the dashboard, unless the props disable it. */
export function createServiceDashboard(
  scope: Construct,
  metrics: ServiceMetrics,
  plan: PlanFromProps,
  props: ObservabilityProps & TaskProps,
): Dashboard | undefined {
  if (!(props.dashboard ?? DEFAULTS.dashboard)) return undefined;
  const isArm = architectureOf(props)._cpuArchitecture === CpuArchitecture.ARM64._cpuArchitecture;
  return createDashboard(scope, metrics, plan, isArm ? 'ARM64' : 'X86_64');
}

/** Creates the dashboard, with one graph for each question. */
export function createDashboard(
  scope: Construct,
  metrics: ServiceMetrics,
  plan: PlanFromProps,
  architecture: 'X86_64' | 'ARM64',
): Dashboard {
  const { policy } = plan;
  // the names of metrics with a datapoint every 20 seconds begin with those of one minute.
  const target = (metric: string): number | undefined => policy.targetTracking.find((each) => each.metric.startsWith(metric))?.targetValue;
  return new Dashboard(scope, 'Dashboard', {
    defaultInterval: Duration.hours(3),
    widgets: [
      [
        graph('Healthy and unhealthy tasks', [metrics.healthyTasks(), metrics.unhealthyTasks()], [policy.minCapacity, policy.maxCapacity]),
        graph('Requests per task and minute', [metrics.requestsPerTask()], [target('ALBRequestCountPerTarget')]),
        graph('CPU utilization, percent', [metrics.cpuUtilization()], [target('ECSServiceAverageCPUUtilization')]),
      ],
      [
        graph(
          'Response time, seconds',
          ['p50', 'p95', 'p99'].map((statistic) => metrics.responseTime({ statistic, label: statistic })),
        ),
        graph('Requests and server errors per minute', [metrics.requests(), metrics.serverErrors()]),
        graph('Memory utilization, percent', [metrics.memoryUtilization()]),
      ],
      costWidgets(metrics, plan, architecture),
    ],
  });
}

/** A third of the 24 columns of a dashboard. */
const GRAPH_WIDTH = 8;

/** A graph with a grey line at each annotation: the bounds or the target of the metrics. */
function graph(title: string, left: IMetric[], annotations: readonly (number | undefined)[] = []): GraphWidget {
  const values = annotations.filter((value): value is number => value !== undefined);
  return new GraphWidget({
    title,
    left,
    width: GRAPH_WIDTH,
    leftYAxis: { min: 0, showUnits: false },
    leftAnnotations: values.map((value) => ({ value, color: Color.GREY })),
  });
}

/** The cost of the healthy tasks in dollars an hour, at the on-demand prices of us-east-1. None for a task size that is a token. */
function costWidgets(metrics: ServiceMetrics, { task }: PlanFromProps, architecture: 'X86_64' | 'ARM64'): IWidget[] {
  if (Token.isUnresolved(task.cpu) || Token.isUnresolved(task.memoryMiB)) return [];
  const { vcpuHour, memoryGigabyteHour } = US_EAST_1_PRICES;
  const dollars = vcpuOf(task) * vcpuHour[architecture] + (task.memoryMiB / 1024) * memoryGigabyteHour[architecture];
  const expression = `tasks * ${Number(dollars.toPrecision(6))}`;
  const cost = new MathExpression({
    expression,
    usingMetrics: { tasks: metrics.healthyTasks() },
    label: 'dollars an hour',
    period: Duration.minutes(1),
  });
  return [graph('Cost of the tasks at on-demand prices of us-east-1, dollars per hour', [cost])];
}
