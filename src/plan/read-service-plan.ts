import { AWS_DEFAULTS } from './default-plan';
import { InvalidInput } from './invalid-input';
import { readIdleTimeout } from './load-balancer-of';
import type { Plan, ReadPlan } from './plan';
import { readContainer } from './read-container';
import { readDeployment, readRouting, readZoneCount } from './read-deployment';
import { readInfrastructure } from './read-infrastructure';
import { readScaling } from './read-scaling/read-scaling';
import { ignoredMatcher, ignoredStickiness, readDeregistrationDelay, readHealthCheck } from './read-target-group';
import { field, items, type Resource, type Template } from './template';
import type { TemplateNumbers } from './template-numbers';

/** Reads the plan of an ECS service. */
export function readServicePlan(template: Template, numbers: TemplateNumbers, service: Resource): ReadPlan {
  const balancer = items(service.properties.LoadBalancers)[0];
  const targetGroup = template.referredTo(field(balancer, 'TargetGroupArn'), 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const taskDefinition = template.referredTo(service.properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  if (targetGroup === undefined) throw new InvalidInput([`${service.id} must stand behind a target group of this template, got none`]);
  if (taskDefinition === undefined) throw new InvalidInput([`${service.id} must have its task definition in this template, got none`]);

  const scaling = readScaling(template, numbers, service);
  const plan: Plan = {
    service: service.id,
    policy: scaling.policy,
    task: readTaskSize(numbers, taskDefinition),
    container: readContainer(template, numbers, taskDefinition, balancer),
    healthCheck: readHealthCheck(template, numbers, targetGroup),
    idleTimeoutSeconds: numbers.of(
      `${targetGroup.id} idle timeout`,
      readIdleTimeout(template, targetGroup) ?? AWS_DEFAULTS.idleTimeoutSeconds,
    ),
    deregistrationDelaySeconds: readDeregistrationDelay(numbers, targetGroup),
    infrastructure: readInfrastructure(template, numbers, { service, taskDefinition, targetGroup }),
    routing: readRouting(template, numbers, targetGroup),
    deployment: readDeployment(template, numbers, service),
    zoneCount: readZoneCount(template, service),
  };
  const ignored = [...scaling.ignored, ...ignoredCount(service), ...ignoredMatcher(template, targetGroup)];
  return { plan, ignored: [...ignored, ...ignoredStickiness(template, targetGroup)] };
}

function ignoredCount(service: Resource): string[] {
  const count = service.properties.DesiredCount;
  return count === undefined ? [] : [`${service.id} DesiredCount ${JSON.stringify(count)}: a run starts with MinCapacity`];
}

function readTaskSize(numbers: TemplateNumbers, taskDefinition: Resource): Plan['task'] {
  return {
    cpu: numbers.required(taskDefinition, 'Cpu'),
    memoryMiB: numbers.required(taskDefinition, 'Memory'),
  };
}
