import { field, items } from '../../plan/template/template-value';
import { SCALABLE_TARGET } from '../template/ecs-service';
import { textOf } from '../template/values';
import { type Check, problem, repeated } from './check';

/** The name of a scheduled action identifies it within its scalable target. */
export const scheduleName: Check = {
  id: 'schedule-name',
  severity: 'error',
  finds: 'two scheduled actions of one scalable target with one name',
  consequence: 'the second overwrites the first',
  find: (template) =>
    template.ofType(SCALABLE_TARGET).flatMap((target) => {
      const names = items(target.properties['ScheduledActions']).map((action, index) => {
        return { index, name: textOf(field(action, 'ScheduledActionName')) };
      });
      return repeated(names, ({ name }) => name).map(([, { index, name }]) =>
        problem(
          target,
          `ScheduledActions.${index}.ScheduledActionName`,
          `two scheduled actions are named '${name}'`,
          'write a name of its own for each',
        ),
      );
    }),
};
