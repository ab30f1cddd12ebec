import { Annotations, Duration } from 'aws-cdk-lib';
import {
  AlternateTarget,
  AvailabilityZoneRebalancing,
  DeploymentStrategy,
  FargateService,
  type FargateServiceProps,
  type ICluster,
  ListenerRuleConfiguration,
} from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import type { Entrance } from '../load-balancer/entrance';
import type { NetworkProps } from '../network/network-props';
import type { ServiceNetwork } from '../network/service-network';
import type { ServicePlan } from '../plan-of-props';
import type { RulePackProps } from '../rule-packs/rule-pack-props';
import type { TargetGroups } from '../target-group/target-groups';
import { CONTAINER_NAME } from '../task/container';
import type { Task } from '../task/task';
import type { TaskProps } from '../task/task-props';
import { capacityOf } from './capacity';
import { Deployment } from './deployment';
import type { DeploymentProps } from './deployment-props';
import { createTrafficRole } from './traffic-role';

/** What the service keeps running, where, and behind what. */
export interface ServiceParts {
  readonly cluster: ICluster;
  readonly network: ServiceNetwork;
  readonly targetGroups: TargetGroups;
  readonly entrance: Entrance;
  readonly task: Task;
}

/**
 * The service that keeps the tasks running.
 *
 * It is given no desired count: a number in the template would undo, with every deployment, what scaling has chosen since.
 */
export function createService(
  scope: Construct,
  parts: ServiceParts,
  plan: ServicePlan,
  props: DeploymentProps & TaskProps & NetworkProps & RulePackProps,
): FargateService {
  const { cluster, network, task } = parts;
  const isOwnCluster = props.cluster === undefined;
  const service = new FargateService(scope, 'Service', {
    cluster,
    taskDefinition: task.taskDefinition,
    serviceName: props.serviceName,
    vpcSubnets: network.taskSubnets,
    securityGroups: [...network.taskSecurityGroups],
    assignPublicIp: network.hasPublicTasks,
    capacityProviderStrategies: capacityOf(isOwnCluster, plan, props),
    enableExecuteCommand: props.enableExecuteCommand ?? DEFAULTS.enableExecuteCommand,
    availabilityZoneRebalancing: rebalancingOf(props),
    healthCheckGracePeriod: Duration.seconds(plan.deployment.healthCheckGracePeriodSeconds),
    ...deploymentOf(plan, props),
  });
  attach(service, plan, parts, props);
  // newer CDKs ask for a circuit breaker, which ECS has for rolling deployments only.
  if (parts.targetGroups.second) Annotations.of(service).acknowledgeWarning('@aws-cdk/aws-ecs:shouldUseCircuitBreaker');
  // a task that starts before it can pull and log would be counted as a failed deployment; capacity providers go after their tasks.
  service.node.addDependency(task.executionRole, ...network.waysOut, ...(isOwnCluster ? [cluster] : []));
  return service;
}

function rebalancingOf({
  availabilityZoneRebalancing = DEFAULTS.availabilityZoneRebalancing,
}: DeploymentProps): AvailabilityZoneRebalancing {
  return availabilityZoneRebalancing ? AvailabilityZoneRebalancing.ENABLED : AvailabilityZoneRebalancing.DISABLED;
}

function deploymentOf({ deployment }: ServicePlan, props: DeploymentProps): Partial<FargateServiceProps> {
  const { _strategy: strategy, _options: options, _shift: shift } = props.deployment ?? Deployment.rolling();
  return {
    minHealthyPercent: deployment.minimumHealthyPercent,
    maxHealthyPercent: deployment.maximumPercent,
    circuitBreaker: deployment.hasCircuitBreaker ? { enable: true, rollback: true } : undefined,
    ...(strategy !== DeploymentStrategy.ROLLING && {
      deploymentStrategy: strategy,
      bakeTime: options.bakeTime ?? Duration.minutes(DEFAULTS.bakeMinutes),
      lifecycleHooks: props.lifecycleHooks,
      canaryConfiguration: strategy === DeploymentStrategy.CANARY ? shift : undefined,
      linearConfiguration: strategy === DeploymentStrategy.LINEAR ? shift : undefined,
    }),
  };
}

/** Puts the tasks behind the load balancer; where there are two target groups, ECS is told which rules to change for them. */
function attach(service: FargateService, { container }: ServicePlan, { targetGroups, entrance }: ServiceParts, props: RulePackProps): void {
  const { first, second } = targetGroups;
  if (second === undefined || entrance.rule === undefined) {
    first.addTarget(service);
    return;
  }
  const alternateTarget = new AlternateTarget('SecondVersion', {
    role: createTrafficRole(service, props),
    alternateTargetGroup: second,
    productionListener: ListenerRuleConfiguration.applicationListenerRule(entrance.rule),
    testListener: entrance.testRule && ListenerRuleConfiguration.applicationListenerRule(entrance.testRule),
  });
  first.addTarget(service.loadBalancerTarget({ containerName: CONTAINER_NAME, containerPort: container.port, alternateTarget }));
}
