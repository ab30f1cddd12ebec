import { InvalidInput, refuse } from './invalid-input';
import type { ReadPlan } from './plan';
import { planMistakes } from './plan-mistakes';
import { readGroupPlan } from './read-group-plan';
import { readServicePlan } from './read-service-plan';
import { items, type Resource, type Template } from './template';
import { TemplateNumbers } from './template-numbers';

/**
 * Reads the plan of one ECS service, or of one EC2 auto scaling group behind a load balancer, out of a template.
 *
 * @param service logical id of the service or group; may be left out where the template has one.
 * @throws InvalidInput that names what the template lacks.
 */
export function readPlan(template: Template, service?: string): ReadPlan {
  const numbers = new TemplateNumbers(template);
  const resource = chooseService(template, service);
  const read = resource.type === 'AWS::ECS::Service' ? readServicePlan : readGroupPlan;
  const { plan, ignored } = read(template, numbers, resource);
  // a rule cannot be held against a number that is not known.
  refuse(numbers.mistakes);
  refuse(planMistakes(plan));
  return { plan, ignored };
}

function chooseService(template: Template, wanted: string | undefined): Resource {
  // a group without targets runs the tasks of somebody else.
  const groups = template
    .ofType('AWS::AutoScaling::AutoScalingGroup')
    .filter(({ properties }) => items(properties.TargetGroupARNs).length > 0);
  const services = [...template.ofType('AWS::ECS::Service'), ...groups];
  const ids = services.map((service) => service.id).join(', ');
  if (services.length === 0) throw new InvalidInput(['the template must hold an AWS::ECS::Service, got none']);
  if (wanted === undefined && services.length > 1) {
    throw new InvalidInput([`the template holds ${services.length} services: choose one with --service, got none (${ids})`]);
  }
  const chosen = wanted === undefined ? services[0] : services.find((service) => service.id === wanted);
  if (chosen === undefined) throw new InvalidInput([`--service must be one of ${ids}, got '${wanted}'`]);
  return chosen;
}
