import { field } from '../../plan/template/template-value';
import { TASK_DEFINITION } from '../template/ecs-service';
import { numberOf } from '../template/values';
import { type Check, problem } from './check';

const [MIN_GIB, MAX_GIB] = [21, 200];

/** 20 GiB are included, and cannot be written. */
export const ephemeralStorage: Check = {
  id: 'ephemeral-storage',
  severity: 'error',
  finds: 'ephemeral storage outside of 21 to 200 GiB',
  consequence: 'ECS rejects the task definition',
  find: (template) =>
    template.ofType(TASK_DEFINITION).flatMap((taskDefinition) => {
      const size = numberOf(field(taskDefinition.properties['EphemeralStorage'], 'SizeInGiB'));
      if (size === undefined || (Number.isInteger(size) && size >= MIN_GIB && size <= MAX_GIB)) return [];
      const fix = `write a whole number from ${MIN_GIB} to ${MAX_GIB}, or no EphemeralStorage for the 20 GiB that each task has`;
      return [problem(taskDefinition, 'EphemeralStorage.SizeInGiB', `SizeInGiB is ${size}`, fix)];
    }),
};
