import type { ResourceChange, ResourceChanges } from './resource-changes';
import { uniqueKeysOf } from './unique-keys';
import type { UpdateCheck, UpdateProblem } from './update-finding';

/** A resource that has a unique key, and the key as text. */
interface UniqueKeyOwner {
  readonly change: ResourceChange;
  readonly text: string;
}

/** A name, port or place that the old resource has until it is deleted, which is last. */
export const exclusiveKeys: UpdateCheck = {
  id: 'taken-until-deleted',
  severity: 'error',
  outcome: 'rejected',
  finds: 'a new or replaced resource that needs the name, port, priority or place of a resource that is deleted last',
  consequence: 'the update is rejected and rolled back, or the deletion of the old resource takes the setting of the new one with it',
  find: (changes) => {
    const before = uniqueKeyOwners(changes, 'before');
    const problems = [...uniqueKeyOwners(changes, 'after')].flatMap(([key, { change, text }]) => {
      const owner = before.get(key);
      return owner === undefined || isSame(owner.change, change) ? [] : [takenKeyProblem(owner.change, change, text)];
    });
    return [...new Map(problems.map((problem) => [problem.resource, problem])).values()];
  },
};

function isSame(owner: ResourceChange, taker: ResourceChange): boolean {
  return owner.id === taker.id && taker.change !== 'replaced';
}

/** @param owner the change of the resource that has the key until it is deleted. @param taker the change of the resource that needs it. */
function takenKeyProblem(owner: ResourceChange, taker: ResourceChange, text: string): UpdateProblem {
  if (owner.id === taker.id) {
    const changed = taker.properties.join(', ');
    return {
      resource: taker.id,
      reason: `it is replaced because ${changed} changes, and the old one has ${text} until it is deleted`,
      fix: 'change the name in the same update, or have none: CloudFormation then generates one; or remove the resource in one update and add it in the next',
    };
  }
  const reason = `it needs ${text}, which ${owner.id} has until it is ${owner.change === 'updated' ? 'updated' : 'deleted'}`;
  return {
    resource: taker.id,
    reason,
    fix: `keep the logical ID ${owner.id}, so that the resource is updated; or change the key in one update and the rest in the next`,
  };
}

function uniqueKeyOwners(changes: ResourceChanges, side: 'before' | 'after'): ReadonlyMap<string, UniqueKeyOwner> {
  const template = changes[side];
  const entries = changes.all.flatMap((change) => {
    const resource = change[side];
    if (resource === undefined) return [];
    return uniqueKeysOf(resource, template)
      .filter(({ values }) => values.every((value) => value !== undefined))
      .map(
        ({ text, values }) =>
          [JSON.stringify([change.type, ...values.map((value) => changes.physicalKey(side, value))]), { change, text }] as const,
      );
  });
  return new Map(entries);
}
