import { SERVICE } from '../template/ecs-service';
import { dependsOn } from '../template/linted-template';
import { LOAD_BALANCER } from '../template/load-balancing';
import type { UpdateCheck } from './update-finding';

/** A DNS record changes as soon as the new load balancer exists, and that is before its tasks. */
export const movedRecord: UpdateCheck = {
  id: 'moved-record',
  severity: 'error',
  outcome: 'outage',
  finds: 'a DNS record that moves to a new load balancer before the tasks are behind it',
  consequence: 'clients of the name get 503 until tasks have started and are healthy',
  find: (changes) =>
    changes.ofType('AWS::Route53::RecordSet').flatMap(({ id, change, after }) => {
      const balancer = changes.after.target(after?.properties['AliasTarget'] ?? after?.properties['ResourceRecords'], LOAD_BALANCER);
      if (change !== 'updated' || balancer === undefined || !changes.isNew(balancer.id)) return [];
      const waits = changes.after.ofType(SERVICE).some((service) => dependsOn(changes.after, id, service.id));
      if (waits) return [];
      const reason = `it moves to ${balancer.id}, which is new, before tasks are registered there`;
      return [
        {
          resource: id,
          reason,
          fix: 'let the record depend on the service (DependsOn); or create the new load balancer in one update, and move the record in the next',
        },
      ];
    }),
};
