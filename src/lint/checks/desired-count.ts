import { SCALABLE_TARGET, servicesOf } from '../template/ecs-service';
import { referencesIn } from '../template/linted-template';
import { numberOf } from '../template/values';
import { type Check, problem } from './check';

/** Each deployment sets the desired count of the template, and scaling moves it back within its bounds. */
export const desiredCount: Check = {
  id: 'desired-count',
  severity: 'warning',
  finds: 'a desired count outside of the bounds of scaling',
  consequence: 'each change of the service starts or stops tasks that scaling then stops or starts again',
  find: (template) =>
    servicesOf(template).flatMap(({ service }) => {
      const count = numberOf(service.properties['DesiredCount']);
      const target = template.ofType(SCALABLE_TARGET).find(({ properties }) => referencesIn(properties['ResourceId']).includes(service.id));
      const [min, max] = [numberOf(target?.properties['MinCapacity']), numberOf(target?.properties['MaxCapacity'])];
      if (count === undefined || min === undefined || max === undefined || (count >= min && count <= max)) return [];
      const reason = `DesiredCount is ${count}, and scaling keeps it from ${min} to ${max}`;
      return [problem(service, 'DesiredCount', reason, 'remove DesiredCount: scaling sets it')];
    }),
};
