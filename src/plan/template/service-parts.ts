import { InputError } from '../../parse/input-error';
import { howToGive } from './missing-names';
import type { Resource } from './resource';
import type { Template } from './template';
import { field, items, type TemplateValue } from './template-value';

/** The resources that a service refers to, and a text for each that is not in the template. */
export interface ServiceParts {
  readonly targetGroup: Resource;
  readonly taskDefinition: Resource;
  readonly assumed: readonly string[];
}

/**
 * The target group and the task definition of a service. Of a target group elsewhere the defaults of AWS are assumed; the size of a task elsewhere
 * must be given.
 *
 * @throws InputError for a service without a load balancer, or for a task of unknown size.
 */
export function partsOf(template: Template, service: Resource, balancer: TemplateValue | undefined): ServiceParts {
  if (balancer === undefined && items(service.properties.GatewayConnectors).length === 0) {
    throw new InputError([`${service.id} must have LoadBalancers with a target group, got none: a forecast sends requests through it`]);
  }
  const targetGroup = template.referencedResource(field(balancer, 'TargetGroupArn'), 'AWS::ElasticLoadBalancingV2::TargetGroup');
  const taskDefinition = template.referencedResource(service.properties.TaskDefinition, 'AWS::ECS::TaskDefinition');
  return {
    targetGroup: targetGroup ?? { id: `${service.id} target group`, type: 'AWS::ElasticLoadBalancingV2::TargetGroup', properties: {} },
    taskDefinition: taskDefinition ?? givenTaskDefinition(template, service),
    assumed:
      targetGroup === undefined && balancer !== undefined
        ? [
            `${service.id} LoadBalancers TargetGroupArn: the target group is not in this template, the health check and the draining of AWS's defaults are assumed`,
          ]
        : [],
  };
}

function givenTaskDefinition(template: Template, service: Resource): Resource {
  const names = ['Cpu', 'Memory'].map((name) => `${service.id}.${name}`);
  const [cpu, memory] = names.map((name) => template.given(name));
  if (cpu === undefined || memory === undefined) {
    throw new InputError(
      names
        .filter((name) => template.given(name) === undefined)
        .map((name) => `${name} must be known, got no task definition in this template: ${howToGive(name)}`),
    );
  }
  return { id: service.id, type: 'AWS::ECS::TaskDefinition', properties: { Cpu: cpu, Memory: memory, ContainerDefinitions: [] } };
}
