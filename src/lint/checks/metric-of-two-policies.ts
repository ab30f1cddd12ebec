import { metricKey, policiesOf, predefinedMetric, TRACKING } from '../template/scaling-policies';
import { type Check, problem, repeated } from './check';

/** AWS allows one target-tracking policy for each metric (https://github.com/aws/aws-cdk/issues/17956). */
export const metricOfTwoPolicies: Check = {
  id: 'metric-of-two-policies',
  severity: 'error',
  finds: 'two target-tracking policies of one scalable target on one metric',
  consequence: 'Application Auto Scaling rejects the second',
  find: (template) =>
    repeated(policiesOf(template), ({ tracking, targetKey }) => {
      const metric = metricKey(tracking);
      return targetKey === undefined || metric === undefined ? undefined : targetKey + metric;
    }).map(([first, { resource, tracking }]) => {
      const reason = `${first.resource.id} also tracks ${predefinedMetric(tracking) ?? 'this metric'}`;
      return problem(resource, TRACKING, reason, 'keep one of the two: the lower target scales out first');
    }),
};
