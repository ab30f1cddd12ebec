import type { UpdateCheck } from './update-finding';

/** A logical ID belongs to one type. */
export const changedType: UpdateCheck = {
  id: 'changed-type',
  severity: 'error',
  outcome: 'rejected',
  finds: 'a logical ID whose resource type changes',
  consequence: 'CloudFormation rejects the update',
  find: (changes) =>
    changes.all.flatMap(({ id, before, after }) => {
      if (before === undefined || after === undefined || before.type === after.type) return [];
      const reason = `its type changes from ${before.type} to ${after.type}`;
      return [{ resource: id, reason, fix: 'give the new resource another logical ID' }];
    }),
};
