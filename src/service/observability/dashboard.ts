import { Duration, Token } from 'aws-cdk-lib';
import { Color, Dashboard, GraphWidget, type IMetric, type IWidget, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { US_EAST_1_PRICES } from '../../forecast/cost/prices';
import { vcpuOf } from '../../plan/task-size';
import type { ServicePlan } from '../plan-of-props';
import type { ServiceMetrics } from './service-metrics';

/** What the dashboard shows, one graph for each question. */
export function createDashboard(scope: Construct, metrics: ServiceMetrics, plan: ServicePlan, architecture: 'X86_64' | 'ARM64'): Dashboard {
  const { policy } = plan;
  const target = (metric: string): number | undefined => policy.targetTracking.find((each) => each.metric.startsWith(metric))?.targetValue;
  return new Dashboard(scope, 'Dashboard', {
    defaultInterval: Duration.hours(3),
    widgets: [
      [
        graph('How many tasks are there?', [metrics.healthyTasks(), metrics.unhealthyTasks()], [policy.minCapacity, policy.maxCapacity]),
        graph('How many requests has each, in a minute?', [metrics.requestsPerTask()], [target('ALBRequestCountPerTarget')]),
        graph('How much of their CPU do they use, in percent?', [metrics.cpuUtilization()], [target('ECSServiceAverageCPUUtilization')]),
      ],
      [
        graph(
          'How long do answers take, in seconds?',
          ['p50', 'p95', 'p99'].map((statistic) => metrics.responseTime({ statistic, label: statistic })),
        ),
        graph('How many requests fail, in a minute?', [metrics.requests(), metrics.serverErrors()]),
        graph('How much of their memory do they use, in percent?', [metrics.memoryUtilization()]),
      ],
      costWidgets(metrics, plan, architecture),
    ],
  });
}

const WIDTH = 8;

function graph(title: string, left: IMetric[], lines: readonly (number | undefined)[] = []): GraphWidget {
  const values = lines.filter((value): value is number => value !== undefined);
  return new GraphWidget({
    title,
    left,
    width: WIDTH,
    leftYAxis: { min: 0, showUnits: false },
    leftAnnotations: values.map((value) => ({ value, color: Color.GREY })),
  });
}

/** What the tasks of the hour cost, at the prices of us-east-1. Nothing is said of a size that only the deployment knows. */
function costWidgets(metrics: ServiceMetrics, { task }: ServicePlan, architecture: 'X86_64' | 'ARM64'): IWidget[] {
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
  return [graph('What do the tasks cost, in dollars an hour?', [cost])];
}
