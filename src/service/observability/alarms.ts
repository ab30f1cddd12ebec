import { type Duration, type IResolveContext, Lazy, Token } from 'aws-cdk-lib';
import { Alarm, type CfnAlarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { ScalingPolicy } from '../../plan/policy';
import { secondsOf } from '../prop-rules';
import type { SharedScalingProps } from '../scaling/scaling-props';
import { type ActionBounds, reachableMaximums, scheduledBoundsOf } from '../scaling/scheduled-capacity';
import { muteAlarms } from './alarm-mute-rule';
import type { SharedObservabilityProps } from './observability-props';
import type { ServiceMetrics } from './service-metrics';

/** The condition of an alarm. */
interface AlarmCondition {
  readonly metric: IMetric;
  readonly threshold: number;
  /** Datapoints to alarm, and evaluation periods; a period is a minute. */
  readonly minutes: readonly [number, number];
  readonly description: string;

  /** Whether the alarm is for values below the threshold. */
  readonly isBelow?: boolean;

  /** Whether missing data is treated as breaching. */
  readonly isMissingBreaching?: boolean;
}

/** The alarms of a service. */
export interface ServiceAlarms {
  /** The alarms that roll a deployment back: their metrics are those of the load balancer, and a bad revision changes them at once. */
  readonly ofDeployment: readonly Alarm[];
  readonly all: readonly Alarm[];
}

/** The scheduled actions when the app is synthesized, with those that were added later. */
export type RenderedBounds = (context: IResolveContext) => readonly ActionBounds[];

/** Creates the alarms. They notify the topic when they go into ALARM and when they return to OK. */
export function createAlarms(
  scope: Construct,
  metrics: ServiceMetrics,
  renderedBounds: RenderedBounds,
  policy: ScalingPolicy,
  props: SharedObservabilityProps & SharedScalingProps,
): ServiceAlarms {
  const ofDeployment = create(scope, deploymentConditions(metrics, props), props.alarmTopic);
  const others = create(scope, otherConditions(metrics), props.alarmTopic);
  const atMaximum = create(scope, maximumConditions(metrics, policy, props), props.alarmTopic);
  for (const alarm of atMaximum) followSchedules(alarm, renderedBounds, policy);
  const all = [...ofDeployment, ...others, ...atMaximum];
  if (props.alarmWarmUp !== undefined) warmUp(all, props.alarmWarmUp);
  muteAlarms(scope, all, props.alarmMuteRules ?? []);
  return { ofDeployment, all };
}

/** The oldest supported CDK does not know the property. */
function warmUp(alarms: readonly Alarm[], period: Duration): void {
  for (const { node } of alarms) {
    const configuration = { WarmUpPeriodDurationInMinutes: period.toMinutes() };
    (node.defaultChild as CfnAlarm).addPropertyOverride('WarmUpConfiguration', configuration);
  }
}

function deploymentConditions(metrics: ServiceMetrics, props: SharedObservabilityProps): Record<string, AlarmCondition> {
  const percent = props.serverErrorAlarmPercent ?? DEFAULTS.serverErrorAlarmPercent;
  const seconds = secondsOf(props.responseTimeAlarmThreshold) ?? DEFAULTS.responseTimeAlarmSeconds;
  return {
    ServerErrors: {
      metric: metrics.serverErrorPercent(requestFloorOf(percent)),
      threshold: percent,
      minutes: [2, 3],
      description: 'Tasks respond with 5xx errors',
    },
    SlowResponses: {
      metric: metrics.responseTime(),
      threshold: seconds,
      minutes: [3, 3],
      description: 'The 95th percentile of the response time is too high',
    },
  };
}

/** Among that many requests, two errors reach the threshold and one does not. */
function requestFloorOf(percent: number): number {
  return Math.floor(200 / (Token.isUnresolved(percent) ? DEFAULTS.serverErrorAlarmPercent : percent));
}

function otherConditions(metrics: ServiceMetrics): Record<string, AlarmCondition> {
  return {
    UnhealthyTasks: { metric: metrics.unhealthyTasks(), threshold: 1, minutes: [5, 5], description: 'A task fails its health checks' },
    NoHealthyTask: {
      metric: metrics.healthyTasks({ statistic: 'Maximum' }),
      threshold: 1,
      minutes: [2, 2],
      isBelow: true,
      isMissingBreaching: true,
      description: 'No task is healthy',
    },
    HighCpu: {
      metric: metrics.cpuUtilization(),
      threshold: HIGH_PERCENT,
      minutes: [5, 5],
      description: 'The tasks use almost all of their CPU',
    },
    ...(metrics.hasMemoryUtilization && {
      HighMemory: {
        metric: metrics.memoryUtilization(),
        threshold: HIGH_PERCENT,
        minutes: [5, 5],
        description: 'The tasks use almost all of their memory; a task that uses all of it is killed',
      },
    }),
  };
}

/** None for a service of a fixed size, which is always at its maximum. */
function maximumConditions(
  metrics: ServiceMetrics,
  policy: ScalingPolicy,
  { schedules }: SharedScalingProps,
): Record<string, AlarmCondition> {
  const [maximum] = reachableMaximums(policy, scheduledBoundsOf(schedules));
  if (maximum === undefined) return {};
  return {
    AtMaxCapacity: {
      metric: metrics.scaledTasks(),
      threshold: maximum as number,
      minutes: [10, 10],
      description: 'The service is at its maximum capacity: it cannot scale out any more',
    },
  };
}

/** A schedule that is added to the scalable target later may have a larger maximum. */
function followSchedules({ node }: Alarm, renderedBounds: RenderedBounds, policy: ScalingPolicy): void {
  const resource = node.defaultChild as CfnAlarm;
  const { threshold } = resource;
  resource.threshold = Lazy.uncachedNumber({
    produce: (context) => {
      const [maximum = threshold, ...others] = reachableMaximums(policy, renderedBounds(context));
      return (others.length === 0 ? maximum : threshold) as number;
    },
  });
}

/** Above any usual target, so that scaling has reacted before. */
const HIGH_PERCENT = 90;

function create(scope: Construct, conditions: Record<string, AlarmCondition>, topic: ITopic | undefined): Alarm[] {
  return Object.entries(conditions).map(([id, condition]) => {
    const alarm = createAlarm(scope, id, condition);
    if (topic !== undefined) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
    return alarm;
  });
}

function createAlarm(
  scope: Construct,
  id: string,
  { metric, threshold, minutes, isBelow, isMissingBreaching, description }: AlarmCondition,
): Alarm {
  const { LESS_THAN_THRESHOLD, GREATER_THAN_OR_EQUAL_TO_THRESHOLD } = ComparisonOperator;
  return new Alarm(scope, `${id}Alarm`, {
    metric,
    threshold,
    datapointsToAlarm: minutes[0],
    evaluationPeriods: minutes[1],
    comparisonOperator: isBelow === true ? LESS_THAN_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: isMissingBreaching === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    alarmDescription: `${scope.node.path}: ${description}`,
  });
}

/**
 * Notifies the topic when a deployment has failed. There is no metric for it, only an event of ECS
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html).
 */
export function notifyOfFailedDeployments(scope: Construct, service: FargateService, topic: ITopic): Rule {
  return new Rule(scope, 'DeploymentFailed', {
    description: `${scope.node.path}: a deployment has failed`,
    eventPattern: {
      source: ['aws.ecs'],
      detailType: ['ECS Deployment State Change'],
      resources: [service.serviceArn],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    },
    targets: [new SnsTopic(topic)],
  });
}
