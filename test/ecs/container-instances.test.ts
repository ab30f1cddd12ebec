import { describe, expect, test } from 'vitest';
import { ContainerInstances } from '../../src/ecs/container-instances';
import { TaskClock } from '../../src/ecs/task-clock';
import { SeededRandom } from '../../src/math/seeded-random';
import type { InstanceCapacity } from '../../src/plan/instance-capacity';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { SimulatedClock } from '../../src/time/simulated-clock';

const CAPACITY: InstanceCapacity = {
  type: 'm7g.large',
  tasksPerInstance: 4,
  minInstances: 1,
  maxInstances: 5,
  targetCapacityPercent: 100,
  minStep: 1,
  maxStep: 10,
  warmupSeconds: 300,
  volumeGiB: 30,
};

/** Instances that run 60 seconds after their launch. */
function cluster(changes: Partial<InstanceCapacity> = {}, tasks = 4) {
  const clock = new SimulatedClock();
  const scaled: string[] = [];
  const instances = new ContainerInstances(
    {
      capacity: { ...CAPACITY, ...changes },
      behavior: { ...AWS_BEHAVIOR, instanceSeconds: { median: 60, sigma: 0 } },
      taskClock: new TaskClock(clock),
      random: new SeededRandom(1),
      onScaled: (from, to) => scaled.push(`${clock.nowSeconds}: ${from} to ${to}`),
    },
    tasks,
  );
  const started = new Map<object, number>();
  const place = () => {
    const task = {};
    instances.place(task, () => started.set(task, clock.nowSeconds));
    return task;
  };
  const placed = Array.from({ length: tasks }, place);
  return { clock, instances, scaled, started, place, placed };
}

describe('the second loop below the tasks of a service', () => {
  test('a task waits for an instance, which is launched at the next datapoint of CapacityProviderReservation', () => {
    const { clock, instances, scaled, started, place } = cluster();
    clock.runUntil(70);
    const task = place();
    expect(instances.reservationPercent).toBe(200);
    clock.runUntil(600);
    expect(scaled).toEqual(['120: 1 to 2']);
    expect(started.get(task)).toBe(180);
    expect(instances.reservationPercent).toBe(100);
  });

  test('with a target below 100 there is room in reserve', () => {
    const { instances, place, started } = cluster({ targetCapacityPercent: 50 });
    expect(instances.count).toBe(2);
    const task = place();
    expect(started.get(task)).toBe(0);
  });

  test('an instance without tasks is removed after fifteen minutes, and one with a task stays', () => {
    const { clock, instances, scaled, place, placed } = cluster({}, 4);
    const others = Array.from({ length: 4 }, place);
    clock.runUntil(600);
    expect(instances.count).toBe(2);
    for (const task of [...others.slice(1), placed[0]!]) instances.release(task);
    clock.runUntil(3600);
    expect(instances.count).toBe(2);
    instances.release(others[0]!);
    clock.runUntil(7200);
    expect(scaled).toEqual(['60: 1 to 2', '4500: 2 to 1']);
  });

  test('a scale-out has the step sizes of the capacity provider, and ends at the maximum', () => {
    const { clock, scaled, place } = cluster({ maxStep: 2 });
    for (let count = 0; count < 30; count++) place();
    clock.runUntil(600);
    expect(scaled).toEqual(['60: 1 to 3', '120: 3 to 5']);
  });

  test('every task has a place or waits, no instance has more tasks than fit, and the bounds hold', () => {
    const random = new SeededRandom(7);
    const { clock, instances, started, place, placed } = cluster({ maxInstances: 4, targetCapacityPercent: 80 });
    const tasks = [...placed];
    for (let second = 10; second < 20_000; second += 10) {
      clock.runUntil(second);
      const drawn = random.uniform();
      if (drawn < 0.3) tasks.push(place());
      else if (tasks.length > 0 && drawn < 0.5) instances.release(tasks.splice(Math.floor(random.uniform() * tasks.length), 1)[0]!);
      const running = tasks.filter((task) => started.has(task)).length;
      expect(running).toBeLessThanOrEqual(4 * instances.count);
      expect(instances.count).toBeGreaterThanOrEqual(1);
      expect(instances.count).toBeLessThanOrEqual(4);
    }
    expect(instances.instanceSeconds).toBeGreaterThan(19_000);
  });
});
