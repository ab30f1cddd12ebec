import { LOAD_BALANCER } from '../template/load-balancing';
import { attributeIn, isTrue } from '../template/values';
import type { UpdateCheck } from './update-finding';

/** A protected load balancer cannot be deleted, and what it needs with it. */
export const protectedLoadBalancer: UpdateCheck = {
  id: 'protected-load-balancer',
  severity: 'error',
  outcome: 'rejected',
  finds: 'a load balancer with deletion protection that is removed or replaced',
  consequence: 'its deletion fails: the old load balancer, its security group and its subnets stay, and are billed',
  find: (changes) =>
    changes.ofType(LOAD_BALANCER).flatMap(({ id, change, before, properties }) => {
      const isProtected = isTrue(attributeIn(before?.properties['LoadBalancerAttributes'], 'deletion_protection.enabled'));
      if (!isProtected || (change !== 'removed' && change !== 'replaced')) return [];
      const cause = change === 'replaced' ? `replaced because ${properties.join(', ')} changes` : 'removed';
      const fix = 'set deletion_protection.enabled to false in one update, and change the rest in the next';
      return [{ resource: id, reason: `it has deletion protection, and is ${cause}`, fix }];
    }),
};
