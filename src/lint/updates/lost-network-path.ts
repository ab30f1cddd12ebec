import { type LintedService, servicesOf } from '../template/ecs-service';
import { dependsOn, type LintedResource, LintedTemplate } from '../template/linted-template';
import { subnetsWithImages } from '../template/task-network';
import type { ResourceChanges } from './resource-changes';
import type { UpdateCheck, UpdateProblem } from './update-finding';

/** Tasks start before, during and after an update, and each time need a path to their images. */
export const lostNetworkPath: UpdateCheck = {
  id: 'lost-network-path',
  severity: 'error',
  outcome: 'outage',
  finds: 'a service whose tasks lose the route or the VPC endpoints to their images, or start before new ones exist',
  consequence: 'tasks that start meanwhile fail, and the deployment is rolled back or never ends',
  find: (changes) =>
    servicesOf(changes.before).flatMap((before) => {
      const after = servicesOf(changes.after).find(({ service }) => service.id === before.service.id);
      if (after === undefined || subnetsWithImages(changes.before, before) !== 'all') return [];
      return problemsOf(changes, before, after);
    }),
};

function problemsOf(changes: ResourceChanges, before: LintedService, after: LintedService): UpdateProblem[] {
  const { id } = after.service;
  if (subnetsWithImages(duringUpdate(changes), before) === 'none' || isPartial(subnetsWithImages(changes.after, after))) {
    return [
      {
        resource: id,
        reason: 'its tasks lose the path to the registry of their images',
        fix: 'add the new path in one update, and remove the old one in the next',
      },
    ];
  }
  if (!isPartial(subnetsWithImages(beforeOthersExist(changes, id), after))) return [];
  const reason = 'its new tasks start before the new route or VPC endpoints exist, which it does not depend on';
  return [{ resource: id, reason, fix: 'let the service depend on the routes and VPC endpoints (DependsOn)' }];
}

function isPartial(reached: ReturnType<typeof subnetsWithImages>): boolean {
  return reached === 'none' || reached === 'some';
}

/** The old resources, of which some are already changed. */
function duringUpdate(changes: ResourceChanges): LintedTemplate {
  const resources = changes.all.flatMap(({ change, before, after }): readonly LintedResource[] => {
    const current = change === 'updated' ? after : before;
    return current === undefined ? [] : [current];
  });
  return new LintedTemplate(resources);
}

/** The new resources without those that may not exist when the service changes. */
function beforeOthersExist(changes: ResourceChanges, service: string): LintedTemplate {
  return new LintedTemplate(
    changes.after.resources.filter(({ id, type }) => !isPath(type) || !changes.isNew(id) || dependsOn(changes.after, service, id)),
  );
}

/** What others do not refer to, so that nothing waits for it. */
function isPath(type: string): boolean {
  return type === 'AWS::EC2::Route' || type === 'AWS::EC2::VPCEndpoint';
}
