import { Annotations, Token } from 'aws-cdk-lib';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import type { IConstruct } from 'constructs';
import { isRequestCount } from '../metrics/metric';
import { REQUEST_COUNT_PERIOD_SECONDS } from '../plan/target-tracking';
import { vcpuOf } from '../plan/task-size';
import type { PlanFromProps } from './plan-from-props';
import { redundancyTexts } from './redundancy-warnings';
import type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';
import { HighResolutionMetrics } from './scaling/high-resolution-metrics';

/** A warning about settings that are valid but probably unintended. */
export interface ConfigWarning {
  readonly id: WarningId;
  readonly text: string;
}

/**
 * The warnings about the props. A number that is a token produces none.
 *
 * @param zones the number of Availability Zones of the tasks; undefined where it is not known.
 */
export function configWarnings(plan: PlanFromProps, zones: number | undefined, props: ScalableStatelessServiceProps): ConfigWarning[] {
  return [
    ...requestTargetWarnings(plan),
    ...redundancyTexts(plan, zones, props).map((text): ConfigWarning => ({ id: 'redundancy', text })),
    ...zoneWarnings(zones, props),
    ...highResolutionWarnings(props),
    ...capacityProviderWarnings(props),
  ];
}

/** A request costs at least a tenth of a millisecond of CPU: it is read from the network, and a response is written. */
const MAX_REQUESTS_PER_VCPU_SECOND = 10_000;

/** If the targets of all tasks add up to less than one request per second, one client is enough to scale out to `maxCapacity`. */
const MIN_REQUESTS_PER_SECOND = 1;

function requestTargetWarnings({ policy, task }: PlanFromProps): ConfigWarning[] {
  const requests = policy.targetTracking.find(({ metric }) => isRequestCount(metric));
  if (requests === undefined || [requests.targetValue, task.cpu, policy.maxCapacity].some(Token.isUnresolved)) return [];
  const perSecond = requests.targetValue / REQUEST_COUNT_PERIOD_SECONDS;
  const max = vcpuOf(task) * MAX_REQUESTS_PER_VCPU_SECOND;
  const fleetRequestsPerSecond = perSecond * policy.maxCapacity;
  if (perSecond > max) {
    return [
      {
        id: 'requestTarget',
        text: `requestsPerSecondPerTask is per second, and ${vcpuOf(task)} vCPU serve at most ${max} requests per second: no task reaches ${perSecond}, so only the other policies scale the service. If it is per minute, divide it by 60`,
      },
    ];
  }
  if (fleetRequestsPerSecond >= MIN_REQUESTS_PER_SECOND) return [];
  return [
    {
      id: 'requestTarget',
      text: `requestsPerSecondPerTask is per second for each task: with ${perSecond}, ${policy.maxCapacity} tasks have a target of ${fleetRequestsPerSecond} requests per second together, so a single client scales the service out to maxCapacity. Use a larger target`,
    },
  ];
}

/** In a stack without account and region, the CDK knows of two zones only. */
function zoneWarnings(zones: number | undefined, { vpc, cluster, maxAzs, taskSubnets }: ScalableStatelessServiceProps): ConfigWarning[] {
  const isOwn = vpc === undefined && cluster === undefined && taskSubnets === undefined;
  if (!isOwn || maxAzs === undefined || Token.isUnresolved(maxAzs) || zones === undefined || zones >= maxAzs) return [];
  return [
    {
      id: 'zones',
      text: `maxAzs is ${maxAzs}, and the VPC gets ${zones} zones: of a stack without account and region the CDK knows two, and of another one those of its region. Set env of the stack, or a maxAzs of ${zones}`,
    },
  ];
}

function highResolutionWarnings({ highResolutionMetrics }: ScalableStatelessServiceProps): ConfigWarning[] {
  if (highResolutionMetrics !== HighResolutionMetrics.PUBLISH_AND_SCALE) return [];
  return [
    {
      id: 'highResolutionMetrics',
      text: 'highResolutionMetrics is PUBLISH_AND_SCALE: a service that is already deployed needs a deployment with HighResolutionMetrics.PUBLISH_ONLY first, or its policies use metrics that do not exist yet',
    },
  ];
}

/** A cluster of the app gets the capacity providers here. */
function capacityProviderWarnings({ cluster, spotPercent }: ScalableStatelessServiceProps): ConfigWarning[] {
  if (cluster === undefined || cluster instanceof Cluster || !spotPercent) return [];
  return [
    {
      id: 'capacityProviders',
      text: `spotPercent is ${spotPercent}, and cluster was imported: without the capacity providers FARGATE and FARGATE_SPOT it rejects the service. Add them with put-cluster-capacity-providers, or with enableFargateCapacityProviders in the app that creates it`,
    },
  ];
}

/**
 * All warnings: the id, which acknowledges the warning, and its condition.
 *
 * The documentation lists them, and a test compares both.
 */
export const WARNINGS = {
  unreachableRegistry: 'an image is in a registry other than Amazon ECR, or in another region, and the tasks have no route to it',
  repositoryPolicy:
    'an image is in Amazon ECR of another account, whose repository policy must allow the account of the service to pull it',
  imagePlatform: 'an image asset has no `platform`, and this machine has another architecture than the tasks',
  missingEndpoints: 'the tasks are in isolated subnets of a VPC of yours, and VPC endpoints that they need are not part of the app',
  unreachableIdentityProvider:
    'a load balancer without public IPv4 addresses authenticates, and is in subnets of a VPC of yours without a NAT gateway: isolated or public ones',
  requestTarget:
    '`requestsPerSecondPerTask` is more than a task of that size can serve, or so small that a single client scales the service out to `maxCapacity`',
  redundancy:
    'after the loss of one Availability Zone no task is left, or those that are left cannot serve the load of the minimum at its CPU target',
  zones: '`maxAzs` is more than the zones that the CDK knows of: two, where the stack has no account and region',
  topicEncryption:
    '`alarmTopic` is encrypted with `alias/aws/sns`, which CloudWatch cannot use, or with a key whose policy is not part of the app',
  topicPolicy: '`alarmTopic` was imported: the app cannot add to its policy, which must allow CloudWatch and EventBridge to publish',
  capacityProviders: '`spotPercent` is set, and `cluster` was imported, which may lack the capacity providers of Fargate',
  metricCategory: '`ScalableStatelessInstances` scales on high-resolution metrics, which CloudFormation has no property to publish',
  spotPools: '`ScalableStatelessInstances` has Spot Instances of one instance type only',
  cpuCredits:
    '`ScalableStatelessInstances` tracks a CPU target that its burstable instances, in standard mode, do not reach without CPU credits',
  keepAlive:
    'the server in the container closes idle connections before the load balancer does, as its `serverProfile`, its command or its Dockerfile says',
  stopSignal: 'the server in the image completes requests at another signal than SIGTERM, and its Dockerfile has no `STOPSIGNAL`',
  highResolutionMetrics: 'scaling uses 20-second metrics, which a service that is already deployed has to publish first',
} as const;

/** The id of a warning. */
export type WarningId = keyof typeof WARNINGS;

/** The prefix of the ids, which makes them unique in an app. */
export const WARNING_PREFIX = 'cdk-scalable-stateless-service:';

/** Adds a warning. `Annotations.of(…).acknowledgeWarning(id)` silences it. */
export function warn(scope: IConstruct, id: WarningId, text: string): void {
  Annotations.of(scope).addWarningV2(`${WARNING_PREFIX}${id}`, text);
}
