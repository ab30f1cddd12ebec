import { field, items } from '../../plan/template/template-value';
import type { LintedResource } from '../template/linted-template';
import { LOAD_BALANCER, TARGET_GROUP } from '../template/load-balancing';
import { textOf } from '../template/values';
import { type Check, type Problem, problem } from './check';

const NAME = /^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/;

/** The names of load balancers and target groups are shorter than most. */
export const nameLength: Check = {
  id: 'name-length',
  severity: 'error',
  finds: 'a name of a load balancer or target group above 32 characters, or with others than letters, digits and inner hyphens',
  consequence: 'Elastic Load Balancing rejects it',
  find: (template) =>
    [...template.ofType(LOAD_BALANCER), ...template.ofType(TARGET_GROUP)].flatMap((resource) => {
      const name = textOf(resource.properties['Name']);
      if (name === undefined) return longParts(resource);
      if (!NAME.test(name)) {
        const reason = `the name '${name}' has ${name.length} characters`;
        return [
          problem(resource, 'Name', reason, 'write 1 to 32 letters, digits and inner hyphens, or no Name: CloudFormation generates one'),
        ];
      }
      const isReserved = resource.type === LOAD_BALANCER && name.startsWith('internal-');
      return isReserved ? [problem(resource, 'Name', `the name '${name}' begins with 'internal-'`, 'write a name that does not')] : [];
    }),
};

const MAX_LENGTH = 32;

/** A name of which only deployment knows some parts may be too long by those that are known. */
function longParts(resource: LintedResource): Problem[] {
  const parts = items(items(field(resource.properties['Name'], 'Fn::Join'))[1]).map((part) => textOf(part) ?? '');
  const length = parts.join('').length;
  if (length <= MAX_LENGTH) return [];
  const reason = `the name has more than ${length} characters`;
  return [problem(resource, 'Name', reason, `write at most ${MAX_LENGTH} characters, or no Name: CloudFormation generates one`)];
}
