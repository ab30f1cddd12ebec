import { type LintedTemplate, referencesIn } from '../template/linted-template';
import { LOAD_BALANCER, routesOf, TARGET_GROUP } from '../template/load-balancing';
import type { ResourceChanges } from './resource-changes';
import type { UpdateCheck } from './update-finding';

/** A load balancer stays in the VPC that it was created in. */
export const loadBalancerNetwork: UpdateCheck = {
  id: 'load-balancer-network',
  severity: 'error',
  outcome: 'rejected',
  finds: 'a load balancer that stays while its subnets, security groups or target groups move to another VPC',
  consequence: 'Elastic Load Balancing rejects subnets of another VPC, and the update is rolled back',
  find: (changes) =>
    changes
      .ofType(LOAD_BALANCER)
      .filter(({ id, properties }) => changes.stays(id) && properties.includes('Subnets'))
      .flatMap(({ id }) => {
        const [before, after] = [networksOf(changes, 'before', id), networksOf(changes, 'after', id)];
        if (before.size === 0 || after.size === 0 || [...after].some((network) => before.has(network))) return [];
        const reason = 'it stays, and its subnets move to another VPC';
        return [
          {
            resource: id,
            reason,
            fix: 'create a second load balancer and service in the other VPC, move the clients, and remove the first',
          },
        ];
      }),
};

/** The VPCs of the security groups of a load balancer and of its target groups. */
function networksOf(changes: ResourceChanges, side: 'before' | 'after', balancer: string): ReadonlySet<string> {
  const template = changes[side];
  const securityGroups = referencesIn(template.resource(balancer)?.properties['SecurityGroups']);
  const ids = [...securityGroups, ...groupsBehind(template, balancer)];
  const networks = ids.flatMap((id) => template.resource(id)?.properties['VpcId'] ?? []);
  return new Set(networks.map((network) => changes.physicalKey(side, network)));
}

function groupsBehind(template: LintedTemplate, balancer: string): string[] {
  return routesOf(template)
    .filter(({ listener }) => referencesIn(listener?.properties['LoadBalancerArn']).includes(balancer))
    .flatMap(({ forwards }) => forwards.flatMap(({ group }) => template.target(group, TARGET_GROUP)?.id ?? []));
}
