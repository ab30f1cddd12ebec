import { Annotations, Duration } from 'aws-cdk-lib';
import { Port } from 'aws-cdk-lib/aws-ec2';
import {
  AlternateTarget,
  AvailabilityZoneRebalancing,
  type CapacityProviderStrategy,
  CfnService,
  Cluster,
  ContainerInsights,
  DeploymentStrategy,
  FargateService,
  type FargateServiceProps,
  type ICluster,
  ListenerRuleConfiguration,
} from 'aws-cdk-lib/aws-ecs';
import type { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../../plan/default-plan';
import { acknowledge, type RulePackProps } from '../accepted-findings';
import { capacityProviderOf, placeOnInstances } from '../capacity/capacity-provider';
import type { Ingress } from '../load-balancer/ingress';
import type { MovingProps } from '../moving/moving-props';
import { patternController, patternOf } from '../moving/pattern-facts';
import type { NetworkProps } from '../network/network';
import type { ServiceNetwork } from '../network/service-network';
import type { ObservabilityProps } from '../observability/observability-props';
import type { PlanFromProps } from '../plan-from-props';
import { textAsNumber } from '../prop-rules';
import type { TargetGroupProps } from '../target-group/target-group-props';
import type { TargetGroups } from '../target-group/target-groups';
import type { Task } from '../task/task';
import type { TaskProps } from '../task/task-props';
import { addFargateProviders } from './capacity-providers';
import { Deployment } from './deployment';
import { overrideDeployment } from './deployment-overrides';
import type { DeploymentProps } from './deployment-props';
import type { DiscoveryProps } from './discovery-props';

/** The parts that the ECS service is created from. */
export interface ServiceParts {
  readonly cluster: ICluster;
  readonly network: ServiceNetwork;
  readonly targetGroups: TargetGroups;
  readonly ingress: Ingress;
  readonly task: Task;
}

/** The props that the ECS service depends on. */
type ServiceProps = DeploymentProps & DiscoveryProps & TaskProps & TargetGroupProps & NetworkProps & MovingProps & RulePackProps;

/**
 * Creates the ECS service.
 *
 * It has no desired count: each deployment would reset the count that auto scaling has set.
 */
export function createService(scope: Construct, parts: ServiceParts, plan: PlanFromProps, props: ServiceProps): FargateService {
  const { cluster, network, task, ingress } = parts;
  const isOfApp = cluster instanceof Cluster;
  const service = new FargateService(scope, 'Service', {
    cluster,
    taskDefinition: task.taskDefinition,
    serviceName: props.serviceName,
    vpcSubnets: network.taskSubnets,
    securityGroups: [...network.taskSecurityGroups],
    assignPublicIp: network.hasPublicTasks,
    capacityProviderStrategies: capacityProviderOf(scope, cluster, network, plan, props) ?? capacityOf(isOfApp, plan, props),
    enableExecuteCommand: props.enableExecuteCommand ?? DEFAULTS.enableExecuteCommand,
    propagateTags: props.propagateTags,
    enableECSManagedTags: props.enableECSManagedTags,
    serviceConnectConfiguration: props.serviceConnectConfiguration,
    cloudMapOptions: props.cloudMapOptions,
    availabilityZoneRebalancing: rebalancingOf(props),
    healthCheckGracePeriod: Duration.seconds(plan.deployment.healthCheckGracePeriodSeconds),
    ...deploymentOf(plan, props),
  });
  overrideDeployment(service, plan, props);
  placeOnInstances(service, task.taskDefinition, props);
  attach(service, plan, parts, props);
  keepController(service, props);
  // newer CDKs warn without a circuit breaker, which ECS has for rolling deployments only.
  if (parts.targetGroups.second) Annotations.of(service).acknowledgeWarning('@aws-cdk/aws-ecs:shouldUseCircuitBreaker');
  // a task that starts before it can pull and log counts as a failure of the deployment; capacity providers are deleted after their tasks. What
  // scales the service waits for it by a reference.
  service.node.defaultChild!.node.addDependency(
    task.executionRole,
    ...network.natVersusEndpoints,
    ...(isOfApp && !service.node.scopes.includes(cluster) ? [cluster] : []),
  );
  // where the load balancer is replaced, clients move to the new one when it has tasks.
  for (const record of ingress.records) record.node.addDependency(service);
  return service;
}

/**
 * Leaves the deployment controller to its default, ECS, or as a pattern has named it.
 *
 * The CDK names it with a circuit breaker only, and depending on a feature flag. A controller that is named or left out later replaces the service.
 */
function keepController(service: FargateService, props: MovingProps): void {
  const resource = service.node.defaultChild;
  const pattern = patternOf(props);
  if (CfnService.isCfnService(resource)) resource.deploymentController = pattern && patternController(service, pattern);
}

function rebalancingOf({
  availabilityZoneRebalancing = DEFAULTS.availabilityZoneRebalancing,
}: DeploymentProps): AvailabilityZoneRebalancing {
  return availabilityZoneRebalancing ? AvailabilityZoneRebalancing.ENABLED : AvailabilityZoneRebalancing.DISABLED;
}

function deploymentOf({ deployment }: PlanFromProps, props: DeploymentProps): Partial<FargateServiceProps> {
  const { _strategy: strategy, _options: options, _shift: shift } = props.deployment ?? Deployment.rolling();
  return {
    minHealthyPercent: deployment.minHealthyPercent,
    maxHealthyPercent: deployment.maxHealthyPercent,
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

/** Attaches the tasks to the target groups. With two of them, ECS gets the rules that it changes to move traffic. */
function attach(service: FargateService, { container: { port } }: PlanFromProps, parts: ServiceParts, props: ServiceProps): void {
  const { first, second } = parts.targetGroups;
  const { containerName } = parts.task.container;
  const alternateTarget = second && parts.ingress.rule && alternateTargetOf(service, second, parts.ingress, props);
  first.addTarget(service.loadBalancerTarget({ containerName, containerPort: port, alternateTarget }));
  allowHealthChecks(service, parts.ingress, props);
}

function alternateTargetOf(
  service: FargateService,
  second: ApplicationTargetGroup,
  ingress: Ingress,
  props: RulePackProps,
): AlternateTarget {
  return new AlternateTarget('SecondVersion', {
    role: createTrafficRole(service, props),
    alternateTargetGroup: second,
    productionListener: ListenerRuleConfiguration.applicationListenerRule(ingress.rule!),
    testListener: ingress.testRule && ListenerRuleConfiguration.applicationListenerRule(ingress.testRule),
  });
}

/** The CDK allows the load balancer to connect to the port that serves only. */
function allowHealthChecks(service: FargateService, { loadBalancer }: Ingress, { healthCheck }: TargetGroupProps): void {
  if (healthCheck?.port === undefined) return;
  service.connections.allowFrom(loadBalancer, Port.tcp(textAsNumber(healthCheck.port)), 'Health checks of the load balancer');
}

/**
 * The capacity provider strategy; undefined for an imported cluster without Spot, which may have no capacity providers.
 *
 * In a cluster of the app there always is a strategy: without one, a later change to Spot would replace the service. A service that was moved
 * keeps what it has, for the same reason.
 */
export function capacityOf(
  isOfApp: boolean,
  { policy }: PlanFromProps,
  props: DeploymentProps & MovingProps,
): CapacityProviderStrategy[] | undefined {
  const spotPercent = props.spotPercent ?? DEFAULTS.spotPercent;
  const pattern = patternOf(props);
  if (pattern !== undefined && spotPercent === 0) return pattern.capacityProviderStrategies;
  if (!isOfApp && spotPercent === 0) return undefined;
  if (spotPercent === 0) return [{ capacityProvider: 'FARGATE', weight: 1 }];
  const onDemand = { capacityProvider: 'FARGATE', base: props.onDemandBase ?? policy.minCapacity, weight: 100 - spotPercent };
  return [onDemand, { capacityProvider: 'FARGATE_SPOT', weight: spotPercent }];
}

const POLICY = 'AmazonECSInfrastructureRolePolicyForLoadBalancers';

/**
 * The role with which ECS moves traffic between two revisions
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html).
 */
export function createTrafficRole(service: FargateService, props: RulePackProps): Role {
  const role = new Role(service, 'TrafficRole', {
    assumedBy: new ServicePrincipal('ecs.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(POLICY)],
  });
  const detail = `Policy::arn:<AWS::Partition>:iam::aws:policy/${POLICY}`;
  const reason = 'ECS requires this AWS managed policy. Only the ECS service can assume the role.';
  acknowledge(role.node.defaultChild, { rule: 'AwsSolutions-IAM4', details: [detail], reason }, props);
  return role;
}

/** The cluster of the props, or a new one. Unless imported, it has Fargate and Fargate Spot as capacity providers, so that a service can change between them. */
export function clusterOf(scope: Construct, { vpc }: ServiceNetwork, props: NetworkProps & ObservabilityProps & MovingProps): ICluster {
  const pattern = patternOf(props);
  const hasLaunchType = pattern !== undefined && pattern.capacityProviderStrategies === undefined;
  if (!hasLaunchType) addFargateProviders(props.cluster);
  if (props.cluster !== undefined) return props.cluster;
  const containerInsightsV2 = props.containerInsights ?? ContainerInsights.ENABLED;
  return new Cluster(scope, 'Cluster', { vpc, enableFargateCapacityProviders: true, containerInsightsV2 });
}
