import { field, items } from '../../plan/template/template-value';
import { servicesOf, targetsOf } from '../template/ecs-service';
import { attributeIn, numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';
import { DEREGISTRATION_DELAY } from './deregistration-delay';

/** Two minutes pass between the warning of an interruption and the end of the task. */
const SPOT_WARNING_SECONDS = 120;
const DEFAULT_DELAY_SECONDS = 300;

/** A task on Fargate Spot has to end its requests in the time of the warning. */
export const spotDraining: Check = {
  id: 'spot-draining',
  severity: 'warning',
  finds: 'a service on Fargate Spot whose tasks drain for longer than the two minutes of an interruption',
  consequence: 'requests that last longer are cut off when AWS interrupts the task',
  find: (template) =>
    servicesOf(template).flatMap(({ service }) => {
      const providers = items(service.properties['CapacityProviderStrategy']).map((item) => textOf(field(item, 'CapacityProvider')));
      if (!providers.includes('FARGATE_SPOT')) return [];
      return targetsOf(template, service).flatMap(({ group }) => {
        const written = attributeIn(group?.properties['TargetGroupAttributes'], DEREGISTRATION_DELAY);
        const seconds = written === undefined ? DEFAULT_DELAY_SECONDS : numberOf(written);
        if (group === undefined || seconds === undefined || seconds <= SPOT_WARNING_SECONDS) return [];
        const reason = `tasks of ${service.id} run on FARGATE_SPOT and drain for ${seconds} s`;
        return [problem(group, 'TargetGroupAttributes', reason, `write ${DEREGISTRATION_DELAY} of at most ${SPOT_WARNING_SECONDS}`)];
      });
    }),
};
