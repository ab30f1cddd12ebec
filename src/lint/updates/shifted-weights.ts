import { field, type TemplateValue } from '../../plan/template/template-value';
import { SERVICE, targetsOf } from '../template/ecs-service';
import { LISTENER_RULE } from '../template/load-balancing';
import { textOf } from '../template/values';
import type { ResourceChanges } from './resource-changes';
import type { UpdateCheck } from './update-finding';

const SHIFTING = ['BLUE_GREEN', 'CANARY', 'LINEAR'];
const TWO_STEPS =
  'look which group has the tasks; if it is the second one, deploy once more without this change, so that the first one has them, and then change it';

/**
 * ECS changes the weights of a rule, and the template keeps those of the first deployment
 * (https://github.com/aws/aws-cdk/issues/36649, https://github.com/aws/containers-roadmap/issues/2853).
 */
export const shiftedWeights: UpdateCheck = {
  id: 'shifted-weights',
  severity: 'error',
  outcome: 'outage',
  finds: 'a change or the removal of a rule whose weights ECS sets in blue/green, canary and linear deployments',
  consequence:
    'CloudFormation writes the weights of the template: while the second group serves, all requests go to the first, which is empty, and get 503',
  find: (changes) => {
    const rules = new Set(changes.before.ofType(SERVICE).flatMap((service) => shiftedRules(changes, service.properties, service.id)));
    return changes.ofType(LISTENER_RULE).flatMap(({ id, change, properties }) => {
      if (!rules.has(id) || change === 'unchanged') return [];
      const reason =
        change === 'updated'
          ? `its ${properties.join(', ')} ${properties.length === 1 ? 'changes' : 'change'}, and ECS has set its weights`
          : `it is ${change}, and ECS has set its weights`;
      return [{ resource: id, reason, fix: TWO_STEPS }];
    });
  },
};

/** The logical IDs of the rules in which ECS moves the production traffic of a service that stays. */
function shiftedRules(changes: ResourceChanges, properties: Readonly<Record<string, TemplateValue>>, id: string): string[] {
  const strategy = textOf(field(properties['DeploymentConfiguration'], 'Strategy'));
  const service = changes.before.resource(id);
  if (!changes.stays(id) || service === undefined || !SHIFTING.includes(strategy ?? '')) return [];
  return targetsOf(changes.before, service).flatMap(({ entry }) => {
    const rule = field(field(entry, 'AdvancedConfiguration'), 'ProductionListenerRule');
    return changes.before.target(rule, LISTENER_RULE)?.id ?? [];
  });
}
