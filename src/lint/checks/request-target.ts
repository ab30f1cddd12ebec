import { REQUEST_COUNT_PERIOD_SECONDS } from '../../plan/target-tracking';
import { field } from '../../plan/template/template-value';
import { SCALABLE_TARGET } from '../template/ecs-service';
import { followsRequestCount, policiesOf, TRACKING } from '../template/scaling-policies';
import { numberOf } from '../template/values';
import { type Check, problem } from './check';

/** Below one request per second of all tasks together, a single client is the maximum load. */
const MIN_REQUESTS_PER_SECOND = 1;

/** The request metric counts per minute: a target that was meant per second is reached at once. */
export const requestTarget: Check = {
  id: 'request-target',
  severity: 'warning',
  finds: 'a target of the request metric, which counts per minute, that a single client reaches',
  consequence: 'the service scales out to its maximum with little traffic',
  find: (template) =>
    policiesOf(template).flatMap(({ resource, tracking }) => {
      const target = numberOf(field(tracking, 'TargetValue'));
      const bounds = template.target(resource.properties['ScalingTargetId'], SCALABLE_TARGET);
      const max = numberOf(bounds?.properties['MaxCapacity']);
      if (!followsRequestCount(tracking) || target === undefined || target <= 0 || max === undefined) return [];
      const perSecond = target / REQUEST_COUNT_PERIOD_SECONDS;
      if (perSecond * max >= MIN_REQUESTS_PER_SECOND) return [];
      const reason = `TargetValue ${target} is per minute: ${max} tasks together have a target of ${Number((perSecond * max).toPrecision(2))} requests per second`;
      return [
        problem(
          resource,
          `${TRACKING}.TargetValue`,
          reason,
          `write the requests per minute and task: ${target * REQUEST_COUNT_PERIOD_SECONDS} if ${target} is per second`,
        ),
      ];
    }),
};
