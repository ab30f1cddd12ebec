import { field } from '../../plan/template/template-value';
import { followsRequestCount, policiesOf, TRACKING } from '../template/scaling-policies';
import { isUnknown, numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

/** A target that the metric cannot have. */
export const targetValue: Check = {
  id: 'target-value',
  severity: 'error',
  finds: 'a target value that is not above 0',
  consequence: 'Application Auto Scaling rejects the policy',
  find: (template) =>
    policiesOf(template).flatMap(({ resource, tracking }) => {
      if (tracking === undefined || isUnknown(tracking)) return [];
      const value = field(tracking, 'TargetValue');
      if (isUnknown(value) || (numberOf(value) ?? 0) > 0) return [];
      const text = textOf(value);
      const fix = followsRequestCount(tracking)
        ? 'write the requests per minute and task, such as 6000'
        : 'write the value that the metric should have, such as 60 for 60 % of CPU';
      return [problem(resource, `${TRACKING}.TargetValue`, `TargetValue is ${text === undefined ? 'missing' : `'${text}'`}`, fix)];
    }),
};
