import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TaskStatus } from '../../src/ecs/service-task';
import { type TaskState, TasksByState } from '../../src/ecs/tasks-by-state';
import { NumberedTask } from './pool-of-numbers';

const STATUSES: readonly TaskStatus[] = ['PROVISIONING', 'PENDING', 'RUNNING', 'DEACTIVATING', 'STOPPING', 'STOPPED'];

const changes = fc.array(
  fc.record({
    index: fc.nat(19),
    status: fc.constantFrom(...STATUSES),
    isHealthy: fc.boolean(),
    isMarkedForReplacement: fc.boolean(),
  }),
  { maxLength: 60 },
);

const CONDITIONS: readonly ((state: TaskState) => boolean)[] = [
  (state) => state.isActive,
  (state) => state.isRunning && state.isHealthy,
  (state) => state.revision !== 1 && !state.isMarkedForReplacement,
  (state) => state.zone === 0,
];

test('counts and finds the tasks that a filter over all of them finds', () => {
  fc.assert(
    fc.property(changes, (drawn) => {
      const byState = new TasksByState<NumberedTask>();
      const tasks = Array.from({ length: 20 }, (_, index) => new NumberedTask(index + 1, index % 3, index % 2));
      for (const task of tasks) {
        task.onUpdate = () => byState.onChange(task);
        byState.onChange(task);
      }
      for (const { index, ...fields } of drawn) {
        tasks[index]!.update(fields);
        for (const isMatch of CONDITIONS) {
          const expected = tasks.filter((task) => task.status !== 'STOPPED' && isMatch(task));
          const matching = byState.matching(isMatch);
          expect(byState.count(isMatch)).toBe(expected.length);
          expect(matching.oldest()).toEqual(expected);
          expect(matching.oldest(3)).toEqual(expected.slice(0, 3));
          expect(matching.youngest).toBe(expected.at(-1));
          expect(matching.countsByZone.reduce((sum, count) => sum + (count ?? 0), 0)).toBe(expected.length);
        }
      }
    }),
    { numRuns: 40 },
  );
});
