import { SERVICE, targetsOf } from '../template/ecs-service';
import { type LintedTemplate, referencesIn } from '../template/linted-template';
import { groupsWithTargets, type Route, routesOf } from '../template/load-balancing';
import type { ResourceChanges } from './resource-changes';
import type { UpdateCheck, UpdateProblem } from './update-finding';

/** A listener changes at once, and the tasks of a service move after it. */
export const emptyGroups: UpdateCheck = {
  id: 'group-without-tasks',
  severity: 'error',
  outcome: 'outage',
  finds: 'a listener or rule that serves, and then forwards to a target group that has no tasks yet, or none any more',
  consequence: 'requests get 503 until tasks have started in the new group and are healthy',
  find: (changes) => {
    const before = new Map(routesOf(changes.before).map((route) => [route.resource.id, route]));
    return routesOf(changes.after).flatMap((route) => {
      const old = before.get(route.resource.id);
      if (old === undefined || !changes.stays(route.resource.id) || !serves(changes.before, old)) return [];
      const wasEmpty = (group: string): boolean => groupsOf(old).includes(group) && !groupsWithTargets(changes.before).has(group);
      return groupsOf(route).flatMap((group) => (wasEmpty(group) ? [] : emptyProblem(changes, route, group)));
    });
  },
};

function emptyProblem(changes: ResourceChanges, { resource }: Route, group: string): UpdateProblem[] {
  const isRegistered = registeredGroups(changes.after).has(group);
  // instances, functions and addresses do not move with a deployment of a service.
  if (!isRegistered && groupsWithTargets(changes.after).has(group)) return [];
  const cause = changes.of(group)?.properties.join(', ') ?? '';
  if (changes.of(group)?.change === 'replaced') {
    const reason = `it forwards to ${group}, which is replaced because ${cause} changes: the new group has no tasks when the listener changes`;
    return [
      {
        resource: resource.id,
        reason,
        fix: 'keep the property as it is; or add a second service with a target group of its own, move the traffic by weight, and remove the first in a later update',
      },
    ];
  }
  if (changes.of(group)?.change === 'added') {
    const reason = `it forwards to ${group}, which is new and has no tasks when the listener changes`;
    return [
      {
        resource: resource.id,
        reason,
        fix: 'register the tasks with the new group in one update, with weight 0, and move the traffic in the next',
      },
    ];
  }
  if (changes.of(group) === undefined || isRegistered) return [];
  return [
    {
      resource: resource.id,
      reason: `it forwards to ${group}, which no service registers with any more`,
      fix: 'move the traffic in one update, and the service in the next',
    },
  ];
}

/** The groups that get requests, by logical ID. */
function groupsOf({ forwards }: Route): string[] {
  return forwards.filter(({ weight }) => weight > 0).flatMap(({ group }) => referencesIn(group).slice(0, 1));
}

/** Whether a route has a group with tasks or instances. One that the template does not have is taken to have some. */
function serves(template: LintedTemplate, { forwards }: Route): boolean {
  const groups = groupsWithTargets(template);
  return forwards.some(({ group, weight }) => {
    const [id] = referencesIn(group);
    return weight > 0 && (id === undefined || template.resource(id) === undefined || groups.has(id));
  });
}

/** The groups that a service registers its tasks with. */
export function registeredGroups(template: LintedTemplate): ReadonlySet<string> {
  const targets = template.ofType(SERVICE).flatMap((service) => targetsOf(template, service));
  return new Set(targets.flatMap(({ group, alternate }) => [group?.id ?? [], alternate?.id ?? []].flat()));
}
