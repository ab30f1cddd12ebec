import { field, items } from '../../plan/template/template-value';
import { SERVICE } from '../template/ecs-service';
import type { LintedResource } from '../template/linted-template';
import { LISTENER, LOAD_BALANCER } from '../template/load-balancing';
import { keyOf, textOf } from '../template/values';
import type { ResourceChanges } from './resource-changes';
import type { UpdateCheck, UpdateProblem } from './update-finding';

/** The name that clients resolve. */
export const changedDnsName: UpdateCheck = {
  id: 'changed-dns-name',
  severity: 'warning',
  finds: 'a load balancer that is replaced or removed',
  consequence: 'its DNS name changes: clients that use it fail when the old one is deleted, at the end of the update',
  find: (changes) =>
    changes
      .ofType(LOAD_BALANCER)
      .filter(({ change }) => change === 'replaced' || change === 'removed')
      .map(({ id, change, properties }) => ({
        resource: id,
        reason: change === 'removed' ? 'it is removed' : `it is replaced because ${properties.join(', ')} changes`,
        fix: 'give clients a name of a hosted zone, with a record for the load balancer',
      })),
};

/** The ports and protocols that clients use. */
export const changedListener: UpdateCheck = {
  id: 'changed-listener',
  severity: 'warning',
  finds: 'a port of a load balancer that stays, on which it no longer listens, or listens otherwise',
  consequence: 'clients of that port get no connection, a redirect, or an error of the protocol',
  find: (changes) =>
    changes.ofType(LISTENER).flatMap(({ id, before, after, change }) => {
      const balancer = changes.before.target(before?.properties['LoadBalancerArn'], LOAD_BALANCER);
      if (before === undefined || (balancer !== undefined && !changes.stays(balancer.id))) return [];
      const port = textOf(before.properties['Port']) ?? '';
      if (change === 'removed' && !listensAfter(changes, before))
        return [{ resource: id, reason: `port ${port} no longer listens`, fix: 'move the clients first' }];
      return change === 'updated' && after !== undefined ? listenerChange(changes, id) : [];
    }),
};

function listensAfter(changes: ResourceChanges, { properties }: LintedResource): boolean {
  const place = changes.physicalKey('before', properties['LoadBalancerArn']) + keyOf(properties['Port']);
  return changes.after
    .ofType(LISTENER)
    .some(({ properties: own }) => changes.physicalKey('after', own['LoadBalancerArn']) + keyOf(own['Port']) === place);
}

function listenerChange(changes: ResourceChanges, id: string): UpdateProblem[] {
  const [before, after] = [changes.before.resource(id)!.properties, changes.after.resource(id)!.properties];
  const differs = (property: string) => textOf(before[property]) !== textOf(after[property]);
  const port = textOf(before['Port']) ?? '';
  const action = (actions: typeof before) => textOf(field(items(actions['DefaultActions']).at(-1), 'Type'));
  if (differs('Port') || differs('Protocol')) {
    const now = `${textOf(after['Protocol'])} on port ${textOf(after['Port'])}`;
    return [
      {
        resource: id,
        reason: `${textOf(before['Protocol'])} on port ${port} becomes ${now}`,
        fix: 'add a second listener, move the clients, and remove the first in a later update',
      },
    ];
  }
  if (action(before) !== 'redirect' && action(after) === 'redirect') {
    return [{ resource: id, reason: `requests on port ${port} are redirected`, fix: 'see that all clients follow redirects' }];
  }
  return [];
}

/** The count that scaling has set belongs to the old service. */
export const replacedService: UpdateCheck = {
  id: 'replaced-service',
  severity: 'warning',
  finds: 'an ECS service that is replaced',
  consequence:
    'the new one starts with the minimum number of tasks beside the old one, which is deleted at the end of the update, whatever the load is',
  find: (changes) =>
    changes
      .ofType(SERVICE)
      .filter(({ change }) => change === 'replaced')
      .map(({ id, properties }) => ({
        resource: id,
        reason: `it is replaced because ${properties.join(', ')} changes`,
        fix: 'raise MinCapacity to the current number of tasks before, or update when there is little traffic',
      })),
};
