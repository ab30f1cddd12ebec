import { expressTexts } from './express-service';
import type { ServiceResources } from './read-infrastructure';
import { readTaskSizes } from './read-task-size';
import type { Resource } from './resource';
import type { Template } from './template';
import { loadBalancerOf } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** The protocols of a Network Load Balancer. */
const NETWORK_PROTOCOLS = ['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC'];

/** The capacity providers whose tasks ECS launches on AWS Fargate. */
const FARGATE_PROVIDERS = ['FARGATE', 'FARGATE_SPOT'];

/** A text for each way in which a service is of another kind than what is simulated. `hasCapacity` is whether its instances are. */
export function kindTexts(template: Template, resources: ServiceResources, hasCapacity: boolean): readonly string[] {
  const { service, targetGroup, taskDefinition } = resources;
  return [
    ...(hasCapacity ? [] : capacityTexts(template, service, taskDefinition)),
    ...controllerTexts(template, service),
    ...balancerTexts(template, targetGroup),
    ...otherTargetGroupTexts(template, service, targetGroup),
    ...containerMemoryTexts(template, taskDefinition),
    ...expressTexts(service, targetGroup),
  ];
}

/** Whether a target group is that of a Network Load Balancer, which has no requests. */
export function isOfNetworkLoadBalancer(template: Template, targetGroup: Resource | undefined): boolean {
  if (targetGroup === undefined) return false;
  const { balancer } = loadBalancerOf(template, targetGroup);
  const protocol = template.resolvedText(targetGroup.properties.Protocol) ?? '';
  return template.resolvedText(balancer?.properties.Type) === 'network' || NETWORK_PROTOCOLS.includes(protocol);
}

function capacityTexts(template: Template, { id, properties }: Resource, taskDefinition: Resource): string[] {
  const launchType = template.resolvedText(properties.LaunchType);
  const providers = items(properties.CapacityProviderStrategy).map((item) => field(item, 'CapacityProvider'));
  const other = providers.find((provider) => !FARGATE_PROVIDERS.includes(template.resolvedText(provider) ?? ''));
  const compatibilities = items(taskDefinition.properties.RequiresCompatibilities);
  const isOnInstances =
    launchType === undefined && providers.length === 0 && compatibilities.length === 1 && compatibilities[0] !== 'FARGATE';
  const assumed = 'instances, their launch and their price are not simulated: tasks start and cost as on Fargate';
  if (launchType !== undefined && launchType !== 'FARGATE') return [`${id} LaunchType ${launchType}: ${assumed}`];
  if (other !== undefined) return [`${id} CapacityProviderStrategy ${template.resolvedText(other) ?? 'of this template'}: ${assumed}`];
  return isOnInstances ? [`${taskDefinition.id} RequiresCompatibilities ${String(compatibilities[0])}: ${assumed}`] : [];
}

function controllerTexts(template: Template, { id, properties }: Resource): string[] {
  const type = template.resolvedText(field(properties.DeploymentController, 'Type')) ?? 'ECS';
  if (type === 'ECS') return [];
  const decider = type === 'CODE_DEPLOY' ? 'CodeDeploy' : 'another program';
  return [`${id} DeploymentController ${type}: ${decider} decides how a deployment goes, a rolling deployment of ECS is simulated`];
}

function balancerTexts(template: Template, targetGroup: Resource): string[] {
  if (isOfNetworkLoadBalancer(template, targetGroup)) {
    return [
      `${targetGroup.id} is behind a Network Load Balancer: its requests, health check and price are simulated as those of an application load balancer`,
    ];
  }
  const { balancer } = loadBalancerOf(template, targetGroup);
  return balancer === undefined
    ? [`${targetGroup.id}: its load balancer is not in this template, an internet-facing one with the defaults of AWS is assumed`]
    : [];
}

/** The second target group of a blue/green, canary or linear deployment is none of its own. */
function otherTargetGroupTexts(template: Template, service: Resource, targetGroup: Resource): string[] {
  const [, ...others] = items(service.properties.LoadBalancers);
  return others.map((entry) => {
    const group = template.referencedResource(field(entry, 'TargetGroupArn'), TARGET_GROUP);
    return `${service.id} LoadBalancers ${group?.id ?? 'another target group'}: all requests are assumed to come through ${targetGroup.id}`;
  });
}

/** A text if a policy or an alarm has a metric of another target group than the one that has all requests. */
export function otherGroupText(template: Template, service: Resource, { id, properties }: Resource): string[] {
  const [first] = items(service.properties.LoadBalancers);
  const own = [field(first, 'TargetGroupArn'), field(field(first, 'AdvancedConfiguration'), 'AlternateTargetGroupArn')].map(
    (arn) => template.referencedResource(arn, TARGET_GROUP)?.id,
  );
  const groups = template.referencedResources(properties as TemplateValue, TARGET_GROUP);
  if (groups.length === 0 || groups.some((group) => own.includes(group.id))) return [];
  return [`${id} has the requests of ${groups[0]!.id}: the requests of all target groups are taken for it`];
}

/** On Fargate the memory of the task is what ends it; a container with less is ended before. */
function containerMemoryTexts(template: Template, taskDefinition: Resource): string[] {
  const { taskMemoryMiB, containers } = readTaskSizes(template, taskDefinition);
  return containers
    .filter(({ memoryMiB }) => memoryMiB !== undefined && taskMemoryMiB !== undefined && memoryMiB < taskMemoryMiB)
    .map(({ name, memoryMiB }) => `${taskDefinition.id} ${name} Memory ${memoryMiB}: the memory of the task is the limit`);
}
