import { field, items } from '../../plan/template/template-value';
import { SCALABLE_TARGET } from '../template/ecs-service';
import { numberOf, textOf } from '../template/values';
import { type Check, type Problem, problem } from './check';

/** The bounds of scaling, and those that scheduled actions set. */
export const capacityBounds: Check = {
  id: 'capacity-bounds',
  severity: 'error',
  finds: 'a minimum capacity above the maximum, or a negative one',
  consequence: 'Application Auto Scaling rejects the scalable target, or the scheduled action at its time',
  find: (template) =>
    template.ofType(SCALABLE_TARGET).flatMap((target) => {
      const own = { min: numberOf(target.properties['MinCapacity']), max: numberOf(target.properties['MaxCapacity']) };
      const problems = boundsProblems(own, (reason, fix) => problem(target, 'MinCapacity', reason, fix));
      const scheduled = items(target.properties['ScheduledActions']).flatMap((action, index) => {
        const bounds = field(action, 'ScalableTargetAction');
        const name = textOf(field(action, 'ScheduledActionName')) ?? String(index);
        const set = { min: numberOf(field(bounds, 'MinCapacity')), max: numberOf(field(bounds, 'MaxCapacity')) };
        const place = `ScheduledActions.${index}.ScalableTargetAction`;
        return boundsProblems(set, (reason, fix) => problem(target, place, `scheduled action ${name}: ${reason}`, fix));
      });
      return [...problems, ...scheduled];
    }),
};

interface Bounds {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

function boundsProblems({ min, max }: Bounds, report: (reason: string, fix: string) => Problem): Problem[] {
  if (min !== undefined && min < 0) return [report(`MinCapacity is ${min}`, 'write a MinCapacity of at least 0')];
  if (min === undefined || max === undefined || min <= max) return [];
  return [
    report(`MinCapacity ${min} is above MaxCapacity ${max}`, `write a MinCapacity of at most ${max}, or a MaxCapacity of at least ${min}`),
  ];
}
