import { type LintedService, runsOnFargate, servicesOf, targetsOf } from '../template/ecs-service';
import type { LintedResource } from '../template/linted-template';
import { textOf } from '../template/values';
import { type Check, type Problem, problem } from './check';

/** A task with an address of its own is a target by its IP address. */
export const targetType: Check = {
  id: 'target-type',
  severity: 'error',
  finds: 'a target group whose target type does not fit the network mode of the tasks, such as `instance`, the default, for `awsvpc`',
  consequence: 'ECS rejects the service',
  find: (template) =>
    servicesOf(template).flatMap((each) => {
      const mode = networkModeOf(each);
      if (mode === undefined) return [];
      const groups = targetsOf(template, each.service).flatMap(({ group, alternate }) => [group ?? [], alternate ?? []].flat());
      return groups.flatMap((group) => typeProblems(group, mode, each.service.id));
    }),
};

/** The network mode of the tasks; undefined where only deployment knows it. */
export function networkModeOf({ service, taskDefinition }: LintedService): string | undefined {
  const written = taskDefinition?.properties['NetworkMode'];
  if (written !== undefined) return textOf(written);
  if (runsOnFargate({ service, taskDefinition }) === true) return 'awsvpc';
  return taskDefinition === undefined ? undefined : 'bridge';
}

function typeProblems(group: LintedResource, mode: string, serviceId: string): Problem[] {
  const { TargetType: type } = group.properties;
  const needed = mode === 'awsvpc' ? 'ip' : 'instance';
  const actual = textOf(type ?? 'instance');
  if (actual === undefined || actual === needed) return [];
  const reason = `TargetType is ${actual}${type === undefined ? ', the default' : ''}, and the tasks of ${serviceId} have the network mode ${mode}`;
  return [problem(group, 'TargetType', reason, `write TargetType '${needed}'`)];
}
