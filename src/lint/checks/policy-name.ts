import { policiesOf } from '../template/scaling-policies';
import { keyOf } from '../template/values';
import { type Check, problem, repeated } from './check';

/** The name of a policy identifies it: a second one overwrites the first. */
export const policyName: Check = {
  id: 'policy-name',
  severity: 'error',
  finds: 'two scaling policies of one scalable target with one name',
  consequence: 'the second overwrites the first, or is rejected: one of them is lost',
  find: (template) =>
    repeated(policiesOf(template), ({ resource, targetKey }) => {
      const name = resource.properties['PolicyName'];
      return targetKey === undefined || name === undefined ? undefined : targetKey + keyOf(name);
    }).map(([first, { resource }]) => {
      const reason = `PolicyName ${keyOf(resource.properties['PolicyName'])} is also the name of ${first.resource.id}`;
      return problem(resource, 'PolicyName', reason, 'write a name of its own for each policy');
    }),
};
