import { AWS_DEFAULTS } from './default-plan';
import { deploymentMistakes } from './deployment';
import { type HealthCheck, healthCheckMistakes } from './health-check';
import { infrastructureMistakes } from './infrastructure';
import { InvalidInput, refuse } from './invalid-input';
import type { ContainerPlan, Plan } from './plan';
import { policyMistakes } from './policy';
import { readDeployment, readRouting, readZoneCount, targetGroupAttribute } from './read-deployment';
import { readInfrastructure } from './read-infrastructure';
import { readScaling } from './read-scaling';
import { routingMistakes } from './routing';
import { field, items, type Resource, type Template } from './template';
import { TemplateNumbers } from './template-numbers';

/** A plan and, in words, what the template says about scaling that the plan leaves out. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly ignored: readonly string[];
}

/**
 * Reads the plan of one ECS service out of a template.
 *
 * @param service logical id of the service; may be left out where the template has one.
 * @throws InvalidInput that names what the template lacks.
 */
export function readPlan(template: Template, service?: string): ReadPlan {
  const numbers = new TemplateNumbers(template);
  const resource = chooseService(template, service);
  const balancer = items(resource.properties.LoadBalancers)[0];
  const targetGroup = template.referredTo(field(balancer, 'TargetGroupArn'), 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const taskDefinition = template.referredTo(resource.properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  if (targetGroup === undefined) throw new InvalidInput([`${resource.id} must stand behind a target group of this template, got none`]);
  if (taskDefinition === undefined) throw new InvalidInput([`${resource.id} must have its task definition in this template, got none`]);

  const scaling = readScaling(template, numbers, resource);
  const plan: Plan = {
    service: resource.id,
    policy: scaling.policy,
    task: readTaskSize(numbers, taskDefinition),
    container: readContainer(template, numbers, taskDefinition, balancer),
    healthCheck: readHealthCheck(template, numbers, targetGroup),
    deregistrationDelaySeconds: readDeregistrationDelay(numbers, targetGroup),
    infrastructure: readInfrastructure(template, numbers, { service: resource, taskDefinition, targetGroup }),
    routing: readRouting(template, numbers, targetGroup),
    deployment: readDeployment(template, numbers, resource),
    zoneCount: readZoneCount(template, resource),
  };
  // a rule cannot be held against a number that is not known.
  refuse(numbers.mistakes);
  refuse([
    ...policyMistakes(plan.policy),
    ...healthCheckMistakes(plan.healthCheck),
    ...routingMistakes(plan.routing),
    ...deploymentMistakes(plan.deployment),
    ...infrastructureMistakes(plan.infrastructure),
  ]);
  return { plan, ignored: [...scaling.ignored, ...ignoredCount(resource), ...ignoredMatcher(template, targetGroup)] };
}

function ignoredCount(service: Resource): string[] {
  const count = service.properties.DesiredCount;
  return count === undefined ? [] : [`${service.id} DesiredCount ${JSON.stringify(count)}: a run starts with MinCapacity`];
}

function ignoredMatcher(template: Template, targetGroup: Resource): string[] {
  const codes = template.plain(field(targetGroup.properties.Matcher, 'HttpCode'));
  return codes === undefined || codes === '200' ? [] : [`${targetGroup.id} Matcher ${codes}: a health check passes with 200 only`];
}

function chooseService(template: Template, wanted: string | undefined): Resource {
  const services = template.ofType('AWS::ECS::Service');
  const ids = services.map((service) => service.id).join(', ');
  if (services.length === 0) throw new InvalidInput(['the template must hold an AWS::ECS::Service, got none']);
  if (wanted === undefined && services.length > 1) {
    throw new InvalidInput([`the template holds ${services.length} services: choose one with --service, got none (${ids})`]);
  }
  const chosen = wanted === undefined ? services[0] : services.find((service) => service.id === wanted);
  if (chosen === undefined) throw new InvalidInput([`--service must be one of ${ids}, got '${wanted}'`]);
  return chosen;
}

function readTaskSize(numbers: TemplateNumbers, taskDefinition: Resource): Plan['task'] {
  return {
    cpu: numbers.required(taskDefinition, 'Cpu'),
    memoryMiB: numbers.required(taskDefinition, 'Memory'),
  };
}

function readContainer(
  template: Template,
  numbers: TemplateNumbers,
  taskDefinition: Resource,
  balancer: Parameters<typeof field>[0],
): ContainerPlan {
  const name = template.plain(field(balancer, 'ContainerName'));
  const containers = items(taskDefinition.properties.ContainerDefinitions);
  const container = containers.find((candidate) => template.plain(field(candidate, 'Name')) === name);
  return {
    port: numbers.of(`${taskDefinition.id} ContainerPort`, field(balancer, 'ContainerPort')),
    environment: readEnvironment(template, container),
    stopTimeoutSeconds: numbers.of(`${taskDefinition.id} StopTimeout`, field(container, 'StopTimeout') ?? AWS_DEFAULTS.stopTimeoutSeconds),
    ...imageAsset(field(container, 'Image')),
  };
}

function readEnvironment(template: Template, container: Parameters<typeof field>[0]): Record<string, string> {
  const pairs = items(field(container, 'Environment')).map(
    (entry) => [field(entry, 'Name'), template.plain(field(entry, 'Value'))] as const,
  );
  return Object.fromEntries(pairs.filter(([name, value]) => typeof name === 'string' && value !== undefined)) as Record<string, string>;
}

/** The CDK tags the image of an asset with the asset's hash, at the end of its address. */
function imageAsset(image: Parameters<typeof field>[0]): { imageAssetHash?: string } {
  const hash = /:([0-9a-f]{64})"/.exec(JSON.stringify(image ?? ''))?.[1];
  return hash === undefined ? {} : { imageAssetHash: hash };
}

function readHealthCheck(template: Template, numbers: TemplateNumbers, targetGroup: Resource): HealthCheck {
  const defaults = AWS_DEFAULTS.healthCheck;
  return {
    path: template.plain(targetGroup.properties.HealthCheckPath) ?? defaults.path,
    intervalSeconds: numbers.optional(targetGroup, 'HealthCheckIntervalSeconds', defaults.intervalSeconds),
    timeoutSeconds: numbers.optional(targetGroup, 'HealthCheckTimeoutSeconds', defaults.timeoutSeconds),
    healthyThresholdCount: numbers.optional(targetGroup, 'HealthyThresholdCount', defaults.healthyThresholdCount),
    unhealthyThresholdCount: numbers.optional(targetGroup, 'UnhealthyThresholdCount', defaults.unhealthyThresholdCount),
  };
}

function readDeregistrationDelay(numbers: TemplateNumbers, targetGroup: Resource): number {
  const key = 'deregistration_delay.timeout_seconds';
  return numbers.of(`${targetGroup.id} ${key}`, targetGroupAttribute(targetGroup, key) ?? AWS_DEFAULTS.deregistrationDelaySeconds);
}
