import { TARGET_GROUP } from '../template/load-balancing';
import { attributeIn, numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

/** Some settings of a target group need one of the algorithms. */
export const loadBalancingAlgorithm: Check = {
  id: 'load-balancing-algorithm',
  severity: 'error',
  finds: 'slow start or anomaly mitigation with an algorithm that does not have it',
  consequence: 'Elastic Load Balancing rejects the target group',
  find: (template) =>
    template.ofType(TARGET_GROUP).flatMap((group) => {
      const attribute = (key: string) => attributeIn(group.properties['TargetGroupAttributes'], key);
      const algorithm = textOf(attribute('load_balancing.algorithm.type') ?? 'round_robin');
      const settings = [
        {
          name: 'slow start',
          isSet: (numberOf(attribute('slow_start.duration_seconds')) ?? 0) > 0,
          needs: 'round_robin',
        },
        {
          name: 'anomaly mitigation',
          isSet: textOf(attribute('load_balancing.algorithm.anomaly_mitigation')) === 'on',
          needs: 'weighted_random',
        },
      ];
      return settings
        .filter(({ isSet, needs }) => isSet && algorithm !== undefined && algorithm !== needs)
        .map(({ name, needs }) => {
          const reason = `${name} is set, and the algorithm is ${algorithm}`;
          return problem(group, 'TargetGroupAttributes', reason, `write load_balancing.algorithm.type ${needs}, or remove ${name}`);
        });
    }),
};
