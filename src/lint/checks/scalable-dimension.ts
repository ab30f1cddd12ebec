import { SCALABLE_TARGET, SCALING_POLICY } from '../template/ecs-service';
import { referencesIn } from '../template/linted-template';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

const ECS_DIMENSION = 'ecs:service:DesiredCount';

/** The only dimension of an ECS service is its desired count. */
export const scalableDimension: Check = {
  id: 'scalable-dimension',
  severity: 'error',
  finds: 'a scalable target or policy of an ECS service whose namespace or dimension is not that of an ECS service',
  consequence: 'Application Auto Scaling rejects it',
  find: (template) =>
    [...template.ofType(SCALABLE_TARGET), ...template.ofType(SCALING_POLICY)].flatMap((resource) => {
      const { ScalableDimension: dimension, ServiceNamespace: namespace, ResourceId: resourceId } = resource.properties;
      const service = referencesIn(resourceId).some((id) => template.resource(id)?.type === 'AWS::ECS::Service');
      const isEcs = service || textOf(namespace) === 'ecs' || (textOf(resourceId) ?? '').startsWith('service/');
      const isOtherwiseEcs = isEcs || (textOf(dimension) ?? '').startsWith('ecs:');
      if (!isOtherwiseEcs) return [];
      return [
        ...wrong(textOf(dimension), ECS_DIMENSION, (value) =>
          problem(resource, 'ScalableDimension', `ScalableDimension is '${value}'`, `write '${ECS_DIMENSION}'`),
        ),
        ...wrong(textOf(namespace), 'ecs', (value) =>
          problem(resource, 'ServiceNamespace', `ServiceNamespace is '${value}'`, "write 'ecs'"),
        ),
      ];
    }),
};

function wrong<Result>(value: string | undefined, right: string, report: (value: string) => Result): Result[] {
  return value === undefined || value === right ? [] : [report(value)];
}
