import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { SCALABLE_TARGET, SERVICE } from '../template/ecs-service';
import type { LintedTemplate } from '../template/linted-template';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

const FIX = 'write { "Fn::Join": ["/", ["service", { "Ref": "Cluster" }, { "Fn::GetAtt": ["Service", "Name"] }]] }';

/** The resource ID of an ECS service has the names of its cluster and of the service. */
export const resourceId: Check = {
  id: 'resource-id',
  severity: 'error',
  finds: 'a resource ID of an ECS service that is not `service/CLUSTER/SERVICE` with two names',
  consequence: 'Application Auto Scaling finds no such service',
  find: (template) =>
    template.ofType(SCALABLE_TARGET).flatMap((target) => {
      const { ResourceId: id, ServiceNamespace: namespace } = target.properties;
      if (textOf(namespace) !== 'ecs') return [];
      const text = textOf(id);
      if (text !== undefined && !/^service\/[^/]+\/[^/]+$/.test(text))
        return [problem(target, 'ResourceId', `ResourceId is '${text}'`, FIX)];
      const arn = serviceArn(template, id);
      return arn === undefined ? [] : [problem(target, 'ResourceId', `Ref of ${arn} is the ARN of the service, not its name`, FIX)];
    }),
};

/** The service that is referred to by `Ref`, which returns an ARN. */
function serviceArn(template: LintedTemplate, value: TemplateValue | undefined): string | undefined {
  // in a split, the ARN may be taken apart.
  const parts = field(value, 'Fn::Join') === undefined ? [value] : items(items(field(value, 'Fn::Join'))[1]);
  return parts.map((part) => textOf(field(part, 'Ref'))).find((id) => id !== undefined && template.resource(id)?.type === SERVICE);
}
