import { field, items } from '../../plan/template/template-value';
import { LOAD_BALANCER, TARGET_GROUP } from '../template/load-balancing';
import { attributeIn, textOf } from '../template/values';
import type { ResourceChange } from './resource-changes';
import type { UpdateCheck, UpdateProblem } from './update-finding';

const LISTS: Readonly<Record<string, string>> = { [LOAD_BALANCER]: 'LoadBalancerAttributes', [TARGET_GROUP]: 'TargetGroupAttributes' };

/** What an attribute is where no template has set it, unless that is `false`. A part of another attribute is left out. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'deregistration_delay.timeout_seconds': '300',
  'idle_timeout.timeout_seconds': '60',
  'load_balancing.algorithm.anomaly_mitigation': 'off',
  'load_balancing.algorithm.type': 'round_robin',
  'routing.http2.enabled': 'true',
  'slow_start.duration_seconds': '0',
};

/**
 * An attribute that a template no longer has.
 *
 * https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/554
 */
export const keptAttribute: UpdateCheck = {
  id: 'kept-attribute',
  severity: 'warning',
  finds: 'an attribute of a load balancer or target group that is removed from the template, with a value that is not its default',
  consequence: 'CloudFormation does not reset it: the load balancer or target group keeps the value',
  find: (changes) =>
    Object.keys(LISTS)
      .flatMap((type) => changes.ofType(type))
      .filter(({ change }) => change === 'updated')
      .flatMap(keptAttributes),
};

function keptAttributes({ id, type, before, after }: ResourceChange): UpdateProblem[] {
  const list = LISTS[type]!;
  return items(before?.properties[list]).flatMap((attribute) => {
    const [key, value] = [textOf(field(attribute, 'Key')), textOf(field(attribute, 'Value'))];
    if (key === undefined || value === undefined || attributeIn(after?.properties[list], key) !== undefined) return [];
    const initial = DEFAULTS[key] ?? (key.endsWith('.enabled') ? 'false' : undefined);
    if (initial === undefined || value === initial) return [];
    return [{ resource: id, reason: `${key} is removed and stays '${value}'`, fix: `write '${initial}', which is its default` }];
  });
}
