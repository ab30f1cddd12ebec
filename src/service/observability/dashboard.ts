import { Duration, Token } from 'aws-cdk-lib';
import { Color, Dashboard, GraphWidget, type IMetric, type IWidget, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { US_EAST_1_PRICES } from '../../decide/cost/prices';
import { isCpuUtilization, isRequestCount } from '../../metrics/metric';
import { DEFAULTS } from '../../plan/default-plan';
import type { TargetTracking } from '../../plan/target-tracking';
import { vcpuOf } from '../../plan/task-size';
import type { PlanFromProps } from '../plan-from-props';
import type { SharedScalingProps } from '../scaling/scaling-props';
import { architectureOf } from '../task/architecture';
import type { TaskProps } from '../task/task-props';
import { createAlarms, type RenderedBounds, type ServiceAlarms } from './alarms';
import type { SharedObservabilityProps } from './observability-props';
import type { ServiceMetrics } from './service-metrics';
import { allowPublishing } from './topic-access';

/**
 * Creates the alarms, unless the props disable them, and for an alarm topic also the event rule that reports failed deployments.
 *
 * @param notifyOfFailures creates that rule.
 */
export function createServiceAlarms(
  scope: Construct,
  metrics: ServiceMetrics,
  renderedBounds: RenderedBounds,
  { policy }: Pick<PlanFromProps, 'policy'>,
  props: SharedObservabilityProps & SharedScalingProps,
  notifyOfFailures: (topic: ITopic) => void,
): ServiceAlarms {
  const { alarmTopic, alarms = DEFAULTS.alarms } = props;
  if (alarmTopic !== undefined) {
    allowPublishing(scope, alarmTopic, alarms);
    notifyOfFailures(alarmTopic);
  }
  return alarms ? createAlarms(scope, metrics, renderedBounds, policy, props) : { ofDeployment: [], all: [] };
}

/** Creates the dashboard, unless the props disable it. */
export function createServiceDashboard(
  scope: Construct,
  metrics: ServiceMetrics,
  plan: PlanFromProps,
  props: SharedObservabilityProps & TaskProps,
): Dashboard | undefined {
  if (!(props.dashboard ?? DEFAULTS.dashboard)) return undefined;
  const isArm = architectureOf(props)._cpuArchitecture === CpuArchitecture.ARM64._cpuArchitecture;
  return createDashboard(scope, metrics, plan, isArm ? 'ARM64' : 'X86_64');
}

/**
 * Creates the dashboard, with one graph for each question.
 *
 * @param fargate the architecture of tasks on Fargate, whose cost has a graph.
 */
export function createDashboard(
  scope: Construct,
  metrics: ServiceMetrics,
  plan: Pick<PlanFromProps, 'policy' | 'task'>,
  fargate: 'X86_64' | 'ARM64' | undefined,
): Dashboard {
  const { policy } = plan;
  const target = (isOf: (metric: TargetTracking['metric']) => boolean): number | undefined =>
    policy.targetTracking.find(({ metric }) => isOf(metric))?.targetValue;
  return new Dashboard(scope, 'Dashboard', {
    defaultInterval: Duration.hours(3),
    widgets: [
      [
        graph('Healthy and unhealthy tasks', [metrics.healthyTasks(), metrics.unhealthyTasks()], [policy.minCapacity, policy.maxCapacity]),
        graph('Requests per task and minute', [metrics.requestsPerTask()], [target(isRequestCount)]),
        graph('CPU utilization, percent', [metrics.cpuUtilization()], [target(isCpuUtilization)]),
      ],
      [
        graph(
          'Response time, seconds',
          ['p50', 'p95', 'p99'].map((statistic) => metrics.responseTime({ statistic, label: statistic })),
        ),
        graph('Requests and server errors per minute', [metrics.requests(), metrics.serverErrors()]),
        ...(metrics.hasMemoryUtilization ? [graph('Memory utilization, percent', [metrics.memoryUtilization()])] : []),
      ],
      ...(fargate === undefined ? [] : [costWidgets(metrics, plan, fargate)]),
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
function costWidgets(metrics: ServiceMetrics, { task }: Pick<PlanFromProps, 'task'>, architecture: 'X86_64' | 'ARM64'): IWidget[] {
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
