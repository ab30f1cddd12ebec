import { brokenRule, TARGET_GROUP_ATTRIBUTES } from '../template/attribute-keys';
import { TARGET_GROUP } from '../template/load-balancing';
import { attributeIn, textOf } from '../template/values';
import { type Check, problem } from './check';

/** The key of the attribute. */
export const DEREGISTRATION_DELAY = 'deregistration_delay.timeout_seconds';

/** The time that a draining task has for its requests. */
export const deregistrationDelay: Check = {
  id: 'deregistration-delay',
  severity: 'error',
  finds: 'a deregistration delay outside of 0 to 3600 seconds',
  consequence: 'Elastic Load Balancing rejects the target group',
  find: (template) =>
    template.ofType(TARGET_GROUP).flatMap((group) => {
      const value = textOf(attributeIn(group.properties['TargetGroupAttributes'], DEREGISTRATION_DELAY));
      const allowed = brokenRule(TARGET_GROUP_ATTRIBUTES[DEREGISTRATION_DELAY]!, value);
      if (allowed === undefined) return [];
      return [
        problem(
          group,
          'TargetGroupAttributes',
          `${DEREGISTRATION_DELAY} is '${value}'`,
          `write ${allowed}: the seconds that a request may take`,
        ),
      ];
    }),
};
