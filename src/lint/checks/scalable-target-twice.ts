import { SCALABLE_TARGET } from '../template/ecs-service';
import { keyOf } from '../template/values';
import { type Check, problem, repeated } from './check';

/** A service has one pair of bounds. */
export const scalableTargetTwice: Check = {
  id: 'scalable-target-twice',
  severity: 'error',
  finds: 'two scalable targets for one service',
  consequence: 'the second overwrites the bounds of the first, or is rejected',
  find: (template) =>
    repeated(template.ofType(SCALABLE_TARGET), ({ properties }) => {
      const { ResourceId: id, ScalableDimension: dimension } = properties;
      return id === undefined ? undefined : keyOf(id) + keyOf(dimension);
    }).map(([first, target]) =>
      problem(target, 'ResourceId', `${first.id} has the same ResourceId`, 'keep one scalable target, with all policies and schedules'),
    ),
};
