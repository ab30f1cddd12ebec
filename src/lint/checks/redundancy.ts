import { field, items } from '../../plan/template/template-value';
import { SCALABLE_TARGET, servicesOf } from '../template/ecs-service';
import { type LintedResource, referencesIn } from '../template/linted-template';
import { numberOf, textOf } from '../template/values';
import { type Check, type Problem, problem } from './check';

/**
 * A load-balanced service with one task is down while the task is replaced.
 *
 * The construct also compares the CPU target with the share of the tasks that one of its zones has. A template does not say in which zones the subnets
 * are that it was given.
 */
export const redundancy: Check = {
  id: 'redundancy',
  severity: 'warning',
  finds: 'a load-balanced service that scales in to one task, also by schedule, or that has its tasks in one subnet',
  consequence: 'after the loss of a task or of an Availability Zone requests fail until another task has started',
  find: (template) =>
    servicesOf(template).flatMap(({ service }) => {
      if (items(service.properties['LoadBalancers']).length === 0) return [];
      const target = template.ofType(SCALABLE_TARGET).find(({ properties }) => referencesIn(properties['ResourceId']).includes(service.id));
      const subnets = field(field(service.properties['NetworkConfiguration'], 'AwsvpcConfiguration'), 'Subnets');
      const isSingle = Array.isArray(subnets) && subnets.length === 1 && numberOf(target?.properties['MaxCapacity']) !== 1;
      return [
        ...(target === undefined ? [] : minimumProblems(target)),
        ...(isSingle && target !== undefined
          ? [
              problem(
                service,
                'NetworkConfiguration',
                'all tasks are in one subnet, and so in one Availability Zone',
                'write Subnets in at least two Availability Zones',
              ),
            ]
          : []),
      ];
    }),
};

function minimumProblems(target: LintedResource): Problem[] {
  const min = numberOf(target.properties['MinCapacity']);
  if (min === undefined || min > 1) return scheduledProblems(target);
  return [
    problem(target, 'MinCapacity', `MinCapacity is ${min}: after the loss of one task none is left`, 'write a MinCapacity of at least 2'),
  ];
}

/** A schedule that also limits the maximum to no task switches the service off, on purpose. */
function scheduledProblems(target: LintedResource): Problem[] {
  return items(target.properties['ScheduledActions']).flatMap((action, index) => {
    const bounds = field(action, 'ScalableTargetAction');
    const min = numberOf(field(bounds, 'MinCapacity'));
    if (min === undefined || min > 1 || numberOf(field(bounds, 'MaxCapacity')) === 0) return [];
    const name = textOf(field(action, 'ScheduledActionName')) ?? String(index);
    const reason = `scheduled action ${name} sets MinCapacity ${min}: after the loss of one task none is left`;
    return [problem(target, `ScheduledActions.${index}.ScalableTargetAction`, reason, 'write a MinCapacity of at least 2')];
  });
}
