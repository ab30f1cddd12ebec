import { field } from '../../plan/template/template-value';
import { followsPercentage, policiesOf, TRACKING } from '../template/scaling-policies';
import { numberOf } from '../template/values';
import { type Check, problem } from './check';

/** A target in percent that the metric never exceeds. */
export const unreachableTarget: Check = {
  id: 'unreachable-target',
  severity: 'warning',
  finds: 'a CPU or memory target of 100 % or more',
  consequence: 'the metric does not exceed it, so the policy never adds a task',
  find: (template) =>
    policiesOf(template).flatMap(({ resource, tracking }) => {
      const target = numberOf(field(tracking, 'TargetValue'));
      if (target === undefined || target < 100 || !followsPercentage(tracking)) return [];
      const fix = 'write a target below 100, such as 60: the rest serves the load until more tasks have started';
      return [problem(resource, `${TRACKING}.TargetValue`, `TargetValue is ${target} %`, fix)];
    }),
};
