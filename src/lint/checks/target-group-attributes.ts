import { TARGET_GROUP_ATTRIBUTES } from '../template/attribute-keys';
import { TARGET_GROUP } from '../template/load-balancing';
import { attributeProblems } from './attribute-problems';
import type { Check } from './check';
import { DEREGISTRATION_DELAY } from './deregistration-delay';

/** The value of the deregistration delay has a check of its own. */
const RULES = { ...TARGET_GROUP_ATTRIBUTES, [DEREGISTRATION_DELAY]: {} };

/** CloudFormation passes any key on, and the service rejects what it does not know. */
export const targetGroupAttributes: Check = {
  id: 'target-group-attributes',
  severity: 'error',
  finds: 'an attribute that no target group has, or a value that it may not have',
  consequence: 'Elastic Load Balancing rejects the target group',
  find: (template) =>
    template.ofType(TARGET_GROUP).flatMap((group) => attributeProblems(group, 'TargetGroupAttributes', RULES, 'a target group')),
};
