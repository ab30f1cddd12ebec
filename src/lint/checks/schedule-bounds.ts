import { parseSchedule } from '../../plan/parse-schedule';
import { type Bound, type BoundsChange, boundsConflicts } from '../../plan/scheduled-bounds';
import { field, items, type TemplateValue } from '../../plan/template/template-value';
import { SCALABLE_TARGET } from '../template/ecs-service';
import { numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

/** A scheduled action that sets one bound leaves the other as it is. */
export const scheduleBounds: Check = {
  id: 'schedule-bounds',
  severity: 'error',
  finds: 'a scheduled action whose one bound is beyond the other bound, of the scalable target or of the action before it',
  consequence: 'Application Auto Scaling rejects the change at the time of the schedule',
  find: (template) =>
    template.ofType(SCALABLE_TARGET).flatMap((target) => {
      const { MinCapacity: min, MaxCapacity: max, ScheduledActions: actions } = target.properties;
      const changes = items(actions).map(changeOf);
      return boundsConflicts({ min: boundOf(min), max: boundOf(max) }, changes).map(({ name, bound, value, limit, setBy }) => {
        const [set, side, other, needed] =
          bound === 'minCapacity'
            ? ['MinCapacity', 'above', 'MaxCapacity', `of at least ${value}`]
            : ['MaxCapacity', 'below', 'MinCapacity', `of at most ${value}`];
        const origin = setBy === undefined ? 'of the scalable target' : `that scheduled action ${setBy} has set`;
        const index = changes.findIndex((change) => change.name === name);
        return problem(
          target,
          `ScheduledActions.${index}.ScalableTargetAction`,
          `scheduled action ${name} sets ${set} ${value}, ${side} ${other} ${limit} ${origin}`,
          `write ${other} beside it, ${needed}`,
        );
      });
    }),
};

function changeOf(action: TemplateValue, index: number): BoundsChange {
  const bounds = field(action, 'ScalableTargetAction');
  const [min, max] = [field(bounds, 'MinCapacity'), field(bounds, 'MaxCapacity')];
  // with a start or an end it is not known when the action is due.
  const isLimited = field(action, 'StartTime') !== undefined || field(action, 'EndTime') !== undefined;
  const expression = isLimited ? undefined : textOf(field(action, 'Schedule'));
  return {
    name: textOf(field(action, 'ScheduledActionName')) ?? String(index),
    schedule: expression === undefined ? undefined : parseSchedule(expression),
    timeZone: textOf(field(action, 'Timezone')),
    min: min === undefined ? undefined : boundOf(min),
    max: max === undefined ? undefined : boundOf(max),
  };
}

function boundOf(value: TemplateValue | undefined): Bound {
  return numberOf(value) ?? 'unknown';
}
