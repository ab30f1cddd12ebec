import { throwIfAny } from '../../src/parse/input-error';
import type { DescribedService } from '../../src/plan/described/service-description';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { readPlan } from '../../src/plan/template/read-plan';
import { Template } from '../../src/plan/template/template';
import { asObject, field, type TemplateValue } from '../../src/plan/template/template-value';

const NOT_READ = [
  // what only the resources around the service would say.
  'NAT gateways, endpoints, dashboards and alarms that start no policy are not read: their price is left out',
  // its values may be secrets, and name what only the service itself may use.
  'the environment variables of the containers are not read: a task that is started here has none of them',
];

/**
 * Reads the plan of a described service. A run of a service that is scaled starts with the tasks that it has now.
 *
 * @param document the template with which CloudFormation would declare it.
 */
export function planOfDescribed({ service }: DescribedService, document: TemplateValue): ParsedPlan {
  const id = String(service.serviceName);
  const desiredCount = Number(service.desiredCount);
  const isScaled = field(field(document, 'Resources'), 'scalable target') !== undefined;
  throwIfAny(Number.isInteger(desiredCount) ? [] : [`${id} must have a desired count, got none`]);
  const template = Template.of(isScaled ? withoutDesiredCount(document, id) : document, id);
  const { plan, ignored } = readPlan(template, id);
  const isFixed = plan.policy.minCapacity === plan.policy.maxCapacity;
  return { plan: { ...plan, ...(!isFixed && { desiredCount }) }, ignored: [...ignored, ...NOT_READ] };
}

function withoutDesiredCount(document: TemplateValue, id: string): TemplateValue {
  const resources = asObject(field(document, 'Resources'));
  const service = asObject(resources[id]);
  const { DesiredCount: _, ...properties } = asObject(service.Properties);
  return { Resources: { ...resources, [id]: { ...service, Properties: properties } } };
}
