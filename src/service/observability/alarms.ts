import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ScalingPolicy } from '../../plan/policy';
import { secondsOf } from '../seconds';
import type { ObservabilityProps } from './observability-props';
import type { ServiceMetrics } from './service-metrics';

/** What is watched, and from when on it is too much: so many minutes out of the last so many. */
interface Watch {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly minutes: readonly [number, number];
  readonly description: string;

  /** Whether less of it is worse. */
  readonly isFloor?: boolean;

  /** Whether to hear nothing is bad news. */
  readonly isNeeded?: boolean;
}

/** The alarms of a service, by what they are about. */
export interface ServiceAlarms {
  /** Those that a bad version sets off at once, and that depend on nothing but the load balancer. */
  readonly ofDeployment: readonly Alarm[];
  readonly all: readonly Alarm[];
}

/** Makes the alarms, and has the topic told when they ring and when they stop. */
export function createAlarms(scope: Construct, metrics: ServiceMetrics, policy: ScalingPolicy, props: ObservabilityProps): ServiceAlarms {
  if (props.alarmTopic !== undefined) letAlarmsSpeak(scope, props.alarmTopic);
  const ofDeployment = create(scope, deploymentWatches(metrics, props), props.alarmTopic);
  const others = create(scope, otherWatches(metrics, policy), props.alarmTopic);
  return { ofDeployment, all: [...ofDeployment, ...others] };
}

/** A topic lets the alarms of its account speak until it is given a policy, as the rule that tells of failed deployments gives it one. */
function letAlarmsSpeak(scope: Construct, topic: ITopic): void {
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sns:Publish'],
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
}

function deploymentWatches(metrics: ServiceMetrics, props: ObservabilityProps): Record<string, Watch> {
  const percent = props.serverErrorAlarmPercent ?? DEFAULTS.serverErrorAlarmPercent;
  const seconds = secondsOf(props.latencyAlarmThreshold) ?? DEFAULTS.latencyAlarmSeconds;
  return {
    ServerErrors: {
      metric: metrics.serverErrorPercent(),
      threshold: percent,
      minutes: [2, 3],
      description: 'Tasks answer with server errors',
    },
    SlowResponses: {
      metric: metrics.responseTime(),
      threshold: seconds,
      minutes: [3, 3],
      description: 'One answer in twenty takes too long',
    },
  };
}

function otherWatches(metrics: ServiceMetrics, policy: ScalingPolicy): Record<string, Watch> {
  return {
    UnhealthyTasks: { metric: metrics.unhealthyTasks(), threshold: 1, minutes: [5, 5], description: 'A task fails its health checks' },
    NoHealthyTask: {
      metric: metrics.healthyTasks({ statistic: 'Maximum' }),
      threshold: 1,
      minutes: [2, 2],
      isFloor: true,
      isNeeded: true,
      description: 'No task can serve',
    },
    HighCpu: {
      metric: metrics.cpuUtilization(),
      threshold: HIGH_PERCENT,
      minutes: [5, 5],
      description: 'The tasks use almost all of their CPU',
    },
    HighMemory: {
      metric: metrics.memoryUtilization(),
      threshold: HIGH_PERCENT,
      minutes: [5, 5],
      description: 'The tasks use almost all of their memory, and are killed when they use all of it',
    },
    AtMaxCapacity: {
      metric: metrics.scaledTasks(),
      threshold: policy.maxCapacity,
      minutes: [10, 10],
      description: 'Scaling would add no task any more, whatever the load',
    },
  };
}

/** Above any sensible target, so that scaling had its chance. */
const HIGH_PERCENT = 90;

function create(scope: Construct, watches: Record<string, Watch>, topic: ITopic | undefined): Alarm[] {
  return Object.entries(watches).map(([id, watch]) => {
    const alarm = createAlarm(scope, id, watch);
    if (topic !== undefined) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    return alarm;
  });
}

function createAlarm(scope: Construct, id: string, { metric, threshold, minutes, isFloor, isNeeded, description }: Watch): Alarm {
  const { LESS_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD } = ComparisonOperator;
  return new Alarm(scope, `${id}Alarm`, {
    metric,
    threshold,
    datapointsToAlarm: minutes[0],
    evaluationPeriods: minutes[1],
    comparisonOperator: isFloor === true ? LESS_THAN_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: isNeeded === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    alarmDescription: `${scope.node.path}: ${description}`,
  });
}
