import { catchAllRule } from '../checks/catch-all-rule';
import type { UpdateCheck } from './update-finding';

/** A rule for all requests takes them from the rules after it, at once. */
export const hiddenRules: UpdateCheck = {
  id: 'hidden-rules',
  severity: 'error',
  outcome: 'outage',
  finds: 'a rule for all requests that the update puts before other rules of a listener',
  consequence: 'the rules after it no longer get a request',
  find: (changes) =>
    catchAllRule
      .find(changes.after)
      .filter(({ resource }) => changes.of(resource.id)?.change !== 'unchanged')
      .map(({ resource, reason, fix }) => ({ resource: resource.id, reason, fix })),
};
