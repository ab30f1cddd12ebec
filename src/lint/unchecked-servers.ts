import { items, type TemplateValue } from '../plan/template/template-value';
import { SERVICE } from './template/ecs-service';
import { evaluations, type LintedResource } from './template/linted-template';

/** The types of resources that serve requests and that no check looks at, and what they are. */
const UNCHECKED_TYPES: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::AutoScalingGroup': 'an Auto Scaling group of EC2 instances',
  'AWS::ECS::ExpressGatewayService': 'an ECS Express service, whose load balancer and scaling AWS creates',
};

/** What serves requests in a template and is not checked, or that nothing in it is an ECS service: without findings, it would seem to be sound. */
export function uncheckedTexts(source: TemplateValue): readonly string[] {
  const resources = evaluations(source).flatMap((template) => template.resources);
  const hasService = resources.some(({ type }) => type === SERVICE);
  const unchecked = new Map(resources.filter((resource) => isUnchecked(resource, hasService)).map(({ id, type }) => [id, type]));
  if (!hasService && unchecked.size === 0) return [`no ECS service is in this template: ${CHECKED}`];
  return [...unchecked].map(([id, type]) => `${id} is ${UNCHECKED_TYPES[type]}, which is not checked: ${CHECKED}`);
}

const CHECKED = 'lint checks ECS services, with their task definitions, load balancers and scaling';

/** A group beside a service that has no target group is the capacity of the ECS cluster. */
function isUnchecked({ type, properties }: LintedResource, hasService: boolean): boolean {
  if (UNCHECKED_TYPES[type] === undefined) return false;
  return !hasService || type !== 'AWS::AutoScaling::AutoScalingGroup' || items(properties['TargetGroupARNs']).length > 0;
}
