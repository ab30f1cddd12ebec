import { InputError, throwIfAny } from '../../parse/input-error';
import { AWS_DEFAULTS } from '../default-plan';
import { type ContainerPlan, type ParsedPlan, type Plan, planErrors } from '../service-plan';
import { readDeployment, readRouting, readZoneCount } from './read-deployment';
import { readGroupPlan } from './read-group-plan';
import { readInfrastructure } from './read-infrastructure';
import { readScaling } from './read-scaling';
import { ignoredMatcher, ignoredStickiness, readDeregistrationDelay, readHealthCheck } from './read-target-group';
import { readTaskContainers } from './read-task-containers';
import { field, items, type Resource, type Template, type TemplateValue } from './template';
import { readIdleTimeout, TemplateNumbers } from './template-attributes';

/**
 * Reads from a template the plan of an ECS service, or of an EC2 Auto Scaling group with a load balancer.
 *
 * @param service logical id of the service or group; may be left out if the template has one.
 * @throws InputError that names what the template does not have.
 */
export function readPlan(template: Template, service?: string): ParsedPlan {
  const numbers = new TemplateNumbers(template);
  const resource = chooseService(template, service);
  const read = resource.type === 'AWS::ECS::Service' ? readServicePlan : readGroupPlan;
  const { plan, ignored } = read(template, numbers, resource);
  // rules are not applied to unknown numbers.
  throwIfAny(numbers.errors);
  throwIfAny(planErrors(plan));
  return { plan, ignored };
}

function chooseService(template: Template, logicalId: string | undefined): Resource {
  // a group without targets is the capacity of an ECS cluster.
  const groups = template
    .resourcesOfType('AWS::AutoScaling::AutoScalingGroup')
    .filter(({ properties }) => items(properties.TargetGroupARNs).length > 0);
  const services = [...template.resourcesOfType('AWS::ECS::Service'), ...groups];
  const ids = services.map((service) => service.id).join(', ');
  if (services.length === 0) throw new InputError(['the template has no AWS::ECS::Service']);
  if (logicalId === undefined && services.length > 1) {
    throw new InputError([
      `the template has ${services.length} services: choose one by its logical ID (${ids}), with --service or as the second argument of Plan.ofTemplate`,
    ]);
  }
  const chosen = logicalId === undefined ? services[0] : services.find((service) => service.id === logicalId);
  if (chosen === undefined) throw new InputError([`the service must be one of ${ids}, got '${logicalId}'`]);
  return chosen;
}

/**
 * Reads the plan of an ECS service.
 *
 * @param fixedCount the number of tasks if it does not scale; without it, a service that does not scale is an error.
 */
export function readServicePlan(template: Template, numbers: TemplateNumbers, service: Resource, fixedCount?: number): ParsedPlan {
  const balancer = items(service.properties.LoadBalancers)[0];
  const targetGroup = template.referencedResource(field(balancer, 'TargetGroupArn'), 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const taskDefinition = template.referencedResource(service.properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  if (targetGroup === undefined) throw new InputError([`${service.id} has no target group in this template`]);
  if (taskDefinition === undefined) throw new InputError([`${service.id} has no task definition in this template`]);

  const scaling = readScaling(template, numbers, service, fixedCount);
  const containers = readTaskContainers(template, numbers, taskDefinition, balancer);
  const { deployment, ignored: ignoredOfDeployment } = readDeployment(template, numbers, service);
  const plan: Plan = {
    service: service.id,
    policy: scaling.policy,
    task: readTaskSize(numbers, taskDefinition),
    container: readContainer(template, numbers, taskDefinition, balancer),
    ...(containers.length > 0 && { containers }),
    healthCheck: readHealthCheck(template, numbers, targetGroup),
    idleTimeoutSeconds: numbers.of(
      `${targetGroup.id} idle timeout`,
      readIdleTimeout(template, targetGroup) ?? AWS_DEFAULTS.idleTimeoutSeconds,
    ),
    deregistrationDelaySeconds: readDeregistrationDelay(numbers, targetGroup),
    infrastructure: readInfrastructure(template, numbers, { service, taskDefinition, targetGroup }, scaling.ignoredAlarmMetrics),
    routing: readRouting(template, numbers, targetGroup),
    deployment,
    zoneCount: readZoneCount(template, service),
  };
  const ignored = [
    ...scaling.ignored,
    ...ignoredDesiredCount(service),
    ...ignoredMatcher(template, targetGroup),
    ...ignoredStickiness(template, targetGroup),
    ...ignoredOfDeployment,
  ];
  return { plan, ignored };
}

function ignoredDesiredCount(service: Resource): string[] {
  const count = service.properties.DesiredCount;
  return count === undefined ? [] : [`${service.id} DesiredCount ${JSON.stringify(count)}: a run starts with MinCapacity`];
}

function readTaskSize(numbers: TemplateNumbers, taskDefinition: Resource): Plan['task'] {
  return {
    cpu: numbers.required(taskDefinition, 'Cpu'),
    memoryMiB: numbers.required(taskDefinition, 'Memory'),
  };
}

/** Reads the container that the load balancer of the service sends requests to. */
export function readContainer(
  template: Template,
  numbers: TemplateNumbers,
  taskDefinition: Resource,
  balancer: TemplateValue | undefined,
): ContainerPlan {
  const name = template.resolvedText(field(balancer, 'ContainerName'));
  const containers = items(taskDefinition.properties.ContainerDefinitions);
  const container = containers.find((candidate) => template.resolvedText(field(candidate, 'Name')) === name);
  return {
    port: numbers.of(`${taskDefinition.id} ContainerPort`, field(balancer, 'ContainerPort')),
    environment: readEnvironment(template, container),
    stopTimeoutSeconds: numbers.of(`${taskDefinition.id} StopTimeout`, field(container, 'StopTimeout') ?? AWS_DEFAULTS.stopTimeoutSeconds),
    ...imageAsset(field(container, 'Image')),
  };
}

function readEnvironment(template: Template, container: TemplateValue | undefined): Record<string, string> {
  const pairs = items(field(container, 'Environment')).map(
    (entry) => [field(entry, 'Name'), template.resolvedText(field(entry, 'Value'))] as const,
  );
  return Object.fromEntries(pairs.filter(([name, value]) => typeof name === 'string' && value !== undefined)) as Record<string, string>;
}

/** The CDK tags an image asset with its hash. */
function imageAsset(image: TemplateValue | undefined): { imageAssetHash?: string } {
  const hash = /:([0-9a-f]{64})"/.exec(JSON.stringify(image ?? ''))?.[1];
  return hash === undefined ? {} : { imageAssetHash: hash };
}
