import { InputError, throwIfAny } from '../../parse/input-error';
import { AWS_DEFAULTS } from '../default-plan';
import { type ContainerPlan, type ParsedPlan, type Plan, planErrors } from '../service-plan';
import { howToGive } from './missing-names';
import { notFollowed } from './properties/not-followed';
import { readDeployment, readRouting, readZoneCount } from './read-deployment';
import { readGroupPlan } from './read-group-plan';
import { readInfrastructure } from './read-infrastructure';
import { readInstanceCapacity } from './read-instance-capacity';
import { type ParsedScaling, readScaling } from './read-scaling';
import { ignoredMatcher, ignoredStickiness, readDeregistrationDelay, readHealthCheck } from './read-target-group';
import { readTaskContainers } from './read-task-containers';
import { readTaskSize } from './read-task-size';
import type { Resource } from './resource';
import { kindTexts } from './service-kind';
import { partsOf } from './service-parts';
import type { Template } from './template';
import { loadBalancerOf, readIdleTimeout, TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

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
  const { plan, ignored } = withUndecided(template, () => read(template, numbers, resource));
  // rules are not applied to unknown numbers.
  throwIfAny([...undecidedErrors(template), ...numbers.errors]);
  throwIfAny(planErrors(plan));
  return { plan, ignored: [...template.sourceTexts, ...ignored] };
}

/** The types of resources that a template may have more than once for a service, of which a deployment chooses one. */
const CHOSEN_TYPES = [
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::AutoScaling::ScalingPolicy',
];

/** An error for each value that decides whether there is a resource, and that only a deployment knows. */
function undecidedErrors(template: Template): string[] {
  const undecided = CHOSEN_TYPES.flatMap((type) => template.resourcesOfType(type)).filter(({ undecidedBy }) => undecidedBy !== undefined);
  const names = new Set(undecided.flatMap(({ undecidedBy }) => undecidedBy!));
  return [...names].map((name) => {
    const [first] = undecided.filter(({ undecidedBy }) => undecidedBy!.includes(name)).map(({ id }) => id.slice(0, 60));
    return `whether there is ${first} depends on ${name.slice(0, 60)}, which only a deployment knows: ${howToGive(name)}`;
  });
}

/** Errors of resources of which a deployment chooses one follow from what is not known. */
function withUndecided(template: Template, read: () => ParsedPlan): ParsedPlan {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throwIfAny(undecidedErrors(template));
    throw error;
  }
}

function chooseService(template: Template, logicalId: string | undefined): Resource {
  const { services } = template;
  const ids = services.map((service) => service.id).join(', ');
  if (services.length === 0) throw new InputError([noServiceError(template)]);
  if (logicalId === undefined && services.length > 1) {
    throw new InputError([
      `the template has ${services.length} services: choose one by its logical ID (${ids}), with --service or as the second argument of Plan.ofTemplate`,
    ]);
  }
  const chosen = logicalId === undefined ? services[0] : services.find((service) => service.id === logicalId);
  if (chosen === undefined) throw new InputError([`the service must be one of ${ids}, got '${logicalId}'`]);
  return chosen;
}

function noServiceError({ unknownStacks }: Template): string {
  const [first, second, ...others] = unknownStacks;
  const none = 'the template has no AWS::ECS::Service';
  if (first === undefined) return none;
  const names = [first, second].filter((name) => name !== undefined).join(', ');
  return `${none}, only nested stacks whose files are not beside it, such as ${names}: give the file with the service${others.length > 0 ? ` of these ${unknownStacks.length}` : ''}`;
}

/** Reads the plan of an ECS service. */
export function readServicePlan(template: Template, numbers: TemplateNumbers, service: Resource): ParsedPlan {
  // a connector of an ECS gateway names the container and its port like an entry of a load balancer.
  const balancer = items(service.properties.LoadBalancers)[0];
  const connector = balancer ?? items(service.properties.GatewayConnectors)[0];
  const { targetGroup, taskDefinition, assumed } = partsOf(template, service, balancer);

  const scaling = readScaling(template, numbers, service);
  const containers = readTaskContainers(template, numbers, taskDefinition, connector);
  const { deployment, ignored: ignoredOfDeployment } = readDeployment(template, numbers, service);
  const task = readTaskSize(template, numbers, taskDefinition);
  const capacity = readInstanceCapacity(template, numbers, { service, taskDefinition }, task);
  const plan: Plan = {
    service: service.id,
    policy: scaling.policy,
    task,
    ...(capacity && { capacity }),
    container: readContainer(template, numbers, taskDefinition, connector),
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
    ...readDesiredCount(numbers, service, scaling),
  };
  const ignored = [
    ...assumed,
    ...kindTexts(template, { service, targetGroup, taskDefinition }, capacity !== undefined),
    ...scaling.ignored,
    ...desiredCountTexts(service, plan),
    ...ignoredMatcher(template, targetGroup),
    ...ignoredStickiness(template, targetGroup),
    ...ignoredOfDeployment,
    ...[service, taskDefinition, targetGroup, ...balancersOf(template, targetGroup), ...scaling.resources].flatMap((resource) =>
      notFollowed(template, resource),
    ),
  ];
  return { plan, ignored: [...new Set(ignored)] };
}

function balancersOf(template: Template, targetGroup: Resource): readonly Resource[] {
  const { balancer } = loadBalancerOf(template, targetGroup);
  return balancer === undefined ? [] : [balancer];
}

/** With scaling, the count of the template is only that of the start. */
function readDesiredCount(numbers: TemplateNumbers, service: Resource, { policy }: ParsedScaling): Pick<Plan, 'desiredCount'> {
  const isFixed = policy.minCapacity === policy.maxCapacity;
  return service.properties.DesiredCount === undefined || isFixed ? {} : { desiredCount: numbers.required(service, 'DesiredCount') };
}

function desiredCountTexts({ id }: Resource, { desiredCount }: Plan): string[] {
  return desiredCount === undefined
    ? []
    : [`${id} DesiredCount ${desiredCount}: a run starts with it; that each update of the stack sets it again is not simulated`];
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
    port: numbers.of(`${taskDefinition.id} ContainerPort`, field(balancer, 'ContainerPort') ?? firstPort(container) ?? HTTP_PORT),
    environment: readEnvironment(template, container),
    stopTimeoutSeconds: numbers.of(`${taskDefinition.id} StopTimeout`, field(container, 'StopTimeout') ?? AWS_DEFAULTS.stopTimeoutSeconds),
    ...imageAsset(field(container, 'Image')),
  };
}

/** The port that the first mapping of a container has. */
function firstPort(container: TemplateValue | undefined): TemplateValue | undefined {
  return field(items(field(container, 'PortMappings'))[0], 'ContainerPort');
}

const HTTP_PORT = 80;

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
