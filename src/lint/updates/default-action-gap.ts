import { field, items } from '../../plan/template/template-value';
import { forwardsOf, LISTENER, LISTENER_RULE } from '../template/load-balancing';
import { textOf } from '../template/values';
import type { ResourceChanges } from './resource-changes';
import type { UpdateCheck } from './update-finding';

/** A rule needs its listener, so that the listener changes first. */
export const defaultActionGap: UpdateCheck = {
  id: 'default-action-gap',
  severity: 'error',
  outcome: 'outage',
  finds: 'a listener whose default action stops forwarding in the update that adds the rule which forwards instead',
  consequence: 'requests get the fixed response from the change of the listener until the rule exists',
  find: (changes) =>
    changes.ofType(LISTENER).flatMap(({ id, before, after }) => {
      if (!changes.stays(id) || before === undefined || after === undefined) return [];
      const [old, current] = [before.properties['DefaultActions'], after.properties['DefaultActions']];
      const responds = items(current).some((action) => textOf(field(action, 'Type')) === 'fixed-response');
      if (forwardsOf(old).length === 0 || !responds || !hasNewRule(changes, id)) return [];
      const reason = 'its default action no longer forwards, and the rule that does is created after it';
      return [
        {
          resource: id,
          reason,
          fix: 'keep the default action that forwards; or add the rule in one update, and change the default action in the next',
        },
      ];
    }),
};

function hasNewRule(changes: ResourceChanges, listener: string): boolean {
  return changes.ofType(LISTENER_RULE).some(({ id, after }) => {
    return changes.isNew(id) && changes.after.target(after?.properties['ListenerArn'], LISTENER)?.id === listener;
  });
}
