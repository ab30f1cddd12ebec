import { Duration, type Stack } from 'aws-cdk-lib';
import {
  Alarm,
  Color,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { type ApplicationTargetGroup, HttpCodeTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';

const period = Duration.minutes(1);

/** The alarms and the dashboard of a default `ScalableStatelessService`, with the metrics that the CDK offers. */
export function watch(stack: Stack, service: FargateService, { metrics }: ApplicationTargetGroup): void {
  const all = {
    healthy: (statistic: string) => metrics.healthyHostCount({ statistic, period }),
    unhealthy: metrics.unhealthyHostCount({ statistic: 'Maximum', period }),
    perTask: metrics.requestCountPerTarget({ statistic: 'Sum', period }),
    requests: metrics.requestCount({ statistic: 'Sum', period }),
    errors: metrics.httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, { statistic: 'Sum', period }),
    latency: (statistic: string, label?: string) => metrics.targetResponseTime({ statistic, period, label }),
    cpu: service.metricCpuUtilization({ period }),
    memory: service.metricMemoryUtilization({ period }),
  };
  addAlarms(stack, service, all);
  addDashboard(stack, all);
}

interface Metrics {
  readonly healthy: (statistic: string) => IMetric;
  readonly latency: (statistic: string, label?: string) => IMetric;
  readonly unhealthy: IMetric;
  readonly perTask: IMetric;
  readonly requests: IMetric;
  readonly errors: IMetric;
  readonly cpu: IMetric;
  readonly memory: IMetric;
}

function addAlarms(stack: Stack, service: FargateService, metrics: Metrics): void {
  const alarm = (id: string, metric: IMetric, threshold: number, [datapointsToAlarm, evaluationPeriods]: [number, number], text: string) =>
    new Alarm(stack, `${id}Alarm`, {
      metric,
      threshold,
      datapointsToAlarm,
      evaluationPeriods,
      comparisonOperator: id === 'None' ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: id === 'None' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `Shop/Search: ${text}`,
    });
  const errorPercent = new MathExpression({
    expression: '100 * errors / IF(requests > 200, requests, 200)',
    usingMetrics: { requests: metrics.requests, errors: metrics.errors },
    label: 'server errors in percent',
    period,
  });
  const errors = alarm('Errors', errorPercent, 1, [2, 3], 'Tasks respond with 5xx errors');
  const slow = alarm('Slow', metrics.latency('p95'), 1, [3, 3], 'The 95th percentile of the response time is too high');
  service.enableDeploymentAlarms([errors.alarmName, slow.alarmName], {});
  alarm('Unhealthy', metrics.unhealthy, 1, [5, 5], 'A task fails its health checks');
  alarm('None', metrics.healthy('Maximum'), 1, [2, 2], 'No task is healthy');
  alarm('Cpu', metrics.cpu, 90, [5, 5], 'The tasks use almost all of their CPU');
  alarm('Memory', metrics.memory, 90, [5, 5], 'The tasks use almost all of their memory; a task that uses all of it is killed');
  alarm('Maximum', metrics.healthy('Minimum'), 6, [10, 10], 'The service is at its maximum capacity: it cannot scale out any more');
}

function addDashboard(stack: Stack, metrics: Metrics): void {
  const graph = (title: string, left: IMetric[], values: number[] = []): GraphWidget =>
    new GraphWidget({
      title,
      left,
      width: 8,
      leftYAxis: { min: 0, showUnits: false },
      leftAnnotations: values.map((value) => ({ value, color: Color.GREY })),
    });
  const cost = new MathExpression({
    expression: 'tasks * 0.009874',
    usingMetrics: { tasks: metrics.healthy('Minimum') },
    label: 'dollars an hour',
    period,
  });
  const latencies = ['p50', 'p95', 'p99'].map((statistic) => metrics.latency(statistic, statistic));
  new Dashboard(stack, 'Dashboard', {
    defaultInterval: Duration.hours(3),
    widgets: [
      [
        graph('Healthy and unhealthy tasks', [metrics.healthy('Minimum'), metrics.unhealthy], [2, 6]),
        graph('Requests per task and minute', [metrics.perTask], [6000]),
        graph('CPU utilization, percent', [metrics.cpu], [50]),
      ],
      [
        graph('Response time, seconds', latencies),
        graph('Requests and server errors per minute', [metrics.requests, metrics.errors]),
        graph('Memory utilization, percent', [metrics.memory]),
      ],
      [graph('Cost of the tasks at on-demand prices of us-east-1, dollars per hour', [cost])],
    ],
  });
}
