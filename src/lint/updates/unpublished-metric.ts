import { field, items } from '../../plan/template/template-value';
import { SERVICE } from '../template/ecs-service';
import { followsHighResolutionMetric, policiesOf, predefinedMetric } from '../template/scaling-policies';
import type { UpdateCheck } from './update-finding';

/** A policy on a metric without values does nothing. */
export const unpublishedMetric: UpdateCheck = {
  id: 'unpublished-metric',
  severity: 'error',
  outcome: 'outage',
  finds: 'a scaling policy that moves to high-resolution metrics in the update that publishes them',
  consequence: 'the policy does not scale until new tasks have published the metric',
  find: (changes) => {
    const publishes = changes.before
      .ofType(SERVICE)
      .some(({ properties }) => items(field(properties['Monitoring'], 'MetricConfigurations')).length > 0);
    if (publishes || changes.before.ofType(SERVICE).length === 0) return [];
    return policiesOf(changes.after)
      .filter(({ tracking }) => followsHighResolutionMetric(tracking))
      .filter(({ resource }) => changes.of(resource.id)?.change === 'updated')
      .map(({ resource, tracking }) => ({
        resource: resource.id,
        reason: `it follows ${predefinedMetric(tracking)}, which no task publishes yet`,
        fix: 'publish the metrics in one update (Monitoring of the service), and scale on them in the next',
      }));
  },
};
