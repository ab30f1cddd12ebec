import { field } from '../../plan/template/template-value';
import { followsRequestCount, policiesOf, predefinedMetric, TRACKING } from '../template/scaling-policies';
import { textOf } from '../template/values';
import { type Check, problem } from './check';

const FIX =
  'write { "Fn::Join": ["/", [LoadBalancerFullName, TargetGroupFullName]] } with the attributes of both, as in app/LB/ID/targetgroup/GROUP/ID';

/** The request metric belongs to a target group behind a load balancer, and the label names both. */
export const requestMetricLabel: Check = {
  id: 'request-metric-label',
  severity: 'error',
  finds: 'a request metric without the label of its target group, a label of another form, or one on another metric',
  consequence: 'Application Auto Scaling rejects the policy',
  find: (template) =>
    policiesOf(template).flatMap(({ resource, tracking }) => {
      const metric = predefinedMetric(tracking);
      if (metric === undefined) return [];
      const label = field(field(tracking, 'PredefinedMetricSpecification'), 'ResourceLabel');
      const place = `${TRACKING}.PredefinedMetricSpecification.ResourceLabel`;
      const text = textOf(label);
      if (!followsRequestCount(tracking)) {
        return label === undefined ? [] : [problem(resource, place, `${metric} has a ResourceLabel`, 'remove ResourceLabel')];
      }
      if (label === undefined) return [problem(resource, place, `${metric} has no ResourceLabel`, FIX)];
      const isLabel = text === undefined || /^app\/[^/]+\/[^/]+\/targetgroup\/[^/]+\/[^/]+$/.test(text);
      return isLabel ? [] : [problem(resource, place, `ResourceLabel is '${text}'`, FIX)];
    }),
};
