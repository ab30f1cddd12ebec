import { Aspects, type CfnResource } from 'aws-cdk-lib';
import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnService, type FargateService, type ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import { ApplicationListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { formatError } from '../parse/validation-error';
import { warnOfIdentityProvider } from './load-balancer/identity-provider-route';
import type { Ingress } from './load-balancer/ingress';
import { otherRuleWithPriorityOf } from './load-balancer/listener-rules';
import { otherListenerOnPortOf } from './load-balancer/listening-ports';
import { outsideForwardErrors } from './moving/outside-forward';
import { calledServicesOf, servicesOfContainers } from './network/called-services';
import { MissingEndpoints } from './network/missing-endpoints';
import { type ServiceNetwork, zonesOf } from './network/service-network';
import { isLookingUp } from './placeholders';
import type { PlanFromProps } from './plan-from-props';
import type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';
import { renderedBoundsOf, scheduledBoundsErrors } from './scaling/scheduled-capacity';
import type { TargetGroups } from './target-group/target-groups';
import { architectureOf } from './task/architecture';
import { containerSizeErrors } from './task/container-sizes';
import { containersOf } from './task/existing-task-definition';
import { platformErrors, warnOfBuildMachine } from './task/image-platform';
import { warnOfRegistries } from './task/image-registry';
import { serverWarnings } from './task/server-warnings';
import type { Task } from './task/task';
import { configWarnings, warn } from './warnings';

/** The parts that are validated once all of them exist. */
export interface FinishedParts {
  readonly service: FargateService;
  readonly scaling: ScalableTaskCount;
  readonly task: Task;
  readonly network: ServiceNetwork;
  readonly targetGroups: TargetGroups;
  readonly ingress: Ingress;
}

/** Adds the warnings, and a validation at synthesis of what is added later. */
export function validateLater(scope: Construct, plan: PlanFromProps, parts: FinishedParts, props: ScalableStatelessServiceProps): void {
  warnOfRegistries(parts.task.containers, parts.network);
  warnOfBuildMachine(parts.task.containers, architectureOf(props), {
    arch: process.arch,
    defaultPlatform: process.env['DOCKER_DEFAULT_PLATFORM'],
  });
  warnOfIdentityProvider(scope, parts.network.vpc, parts.ingress.loadBalancer, props);
  if (parts.network.isClosed && parts.network.endpoints === undefined) {
    const called = [...calledServicesOf(props), ...servicesOfContainers(parts.task.containers)];
    Aspects.of(scope).add(new MissingEndpoints(scope, parts.network, called));
  }
  const warnings = [...configWarnings(plan, zonesOf(parts.network), props), ...serverWarnings(parts.task.container, props)];
  for (const { id, text } of warnings) warn(scope, id, text);
  scope.node.addValidation({ validate: () => (isLookingUp(scope) ? [] : allLateErrors(scope, plan, parts, props)) });
}

function allLateErrors(scope: Construct, plan: PlanFromProps, parts: FinishedParts, props: ScalableStatelessServiceProps): string[] {
  return [
    ...lateErrors(plan, parts),
    ...lateListenerErrors(parts.ingress),
    ...lateContainerErrors(parts.task, props),
    // the rule of a listener of its own takes all requests.
    ...(props.listener === undefined ? [] : outsideForwardErrors(scope, parts.targetGroups)),
  ];
}

/** Returns an error for each setting that was added to the service after its creation and that breaks its scaling. */
function lateErrors({ policy }: PlanFromProps, { service, scaling, targetGroups }: FinishedParts): string[] {
  return [
    ...desiredCountErrors(service),
    ...(targetGroups.second === undefined ? [] : blindPolicyErrors(scaling)),
    ...scheduledBoundsErrors(policy, renderedBoundsOf(scaling)),
  ];
}

/** A listener or a rule that is added after the service may have the port or the priority of its own. */
export function lateListenerErrors({ listener, rule, testRule }: Ingress): string[] {
  const onPort = listener instanceof ApplicationListener ? otherListenerOnPortOf(listener) : undefined;
  return [
    ...(onPort === undefined ? [] : [`do not add ${nameOf(onPort)} on port ${onPort.port}, on which ${listener.node.path} listens`]),
    ...[rule, testRule].flatMap((own) => {
      const other = own && otherRuleWithPriorityOf(own);
      return other === undefined
        ? []
        : [`do not give ${nameOf(other)} the priority ${other.priority}, which ${own!.node.path} has on the same listener`];
    }),
  ];
}

/** Containers may be added after the service, and images may be given in ways that hide their platform until then. */
function lateContainerErrors({ taskDefinition }: Task, props: ScalableStatelessServiceProps): string[] {
  const containers = containersOf(taskDefinition);
  return [...containerSizeErrors(containers, taskDefinition).map(formatError), ...platformErrors(containers, architectureOf(props))];
}

function nameOf(resource: CfnResource): string {
  return resource.node.scope!.node.path;
}

function desiredCountErrors(service: FargateService): string[] {
  const resource = service.node.defaultChild;
  const count = CfnService.isCfnService(resource) ? resource.desiredCount : undefined;
  return count === undefined
    ? []
    : [
        `do not set desiredCount (${count}): each deployment would reset the count that auto scaling has set. Use minCapacity for the minimum`,
      ];
}

/** The predefined metric belongs to one target group, which gets no requests after the traffic has moved to the other. */
function blindPolicyErrors(scaling: ScalableTaskCount): string[] {
  const policies = scaling.node.findAll().filter((construct) => CfnScalingPolicy.isCfnScalingPolicy(construct));
  return policies
    .filter(followsOneGroup)
    .map(
      ({ node }) =>
        `do not add ${node.scope?.node.id} with scaleOnRequestCount: it uses the requests of one target group, and deployments move the traffic between two. requestsPerSecondPerTask uses both`,
    );
}

function followsOneGroup({ targetTrackingScalingPolicyConfiguration: configuration }: CfnScalingPolicy): boolean {
  return JSON.stringify(configuration ?? {}).includes('"ALBRequestCountPerTarget"');
}
