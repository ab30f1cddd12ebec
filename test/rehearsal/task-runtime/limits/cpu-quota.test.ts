import { expect, test } from 'vitest';
import { CpuQuota } from '../../../../rehearsal/task-runtime/limits/cpu-quota';
import type { Clock } from '../../../../src/time/clock';
import { SimulatedClock } from '../../../../src/time/simulated-clock';
import { SimulatedTask } from '../simulated-task';

const TICK_SECONDS = 0.004;

test.each([
  // needs  vcpu  gets
  [1, 0.25, 0.25],
  [1, 0.5, 0.5],
  [0.7, 0.5, 0.5],
  [4, 0.25, 0.25], // four threads use up the budget before the next check; the excess is deducted later.
  [4, 2, 2],
  [0.2, 0.25, 0.2],
  [0, 0.25, 0],
])('a task that needs %d cores and has %d vCPU gets %d', (needs, vcpu, gets) => {
  const clock = new SimulatedClock();
  const task = new SimulatedTask(clock, needs, TICK_SECONDS);
  new CpuQuota(clock, task, { vcpu, startFraction: 0.3 });
  clock.runUntil(600);
  expect(task.cpuSeconds() / 600).toBeCloseTo(gets, 3);
});

test.each([
  // needs  vcpu
  [0, 0.25],
  [0.2, 0.25],
  [1, 1],
  [1, 2],
  [2, 2],
])('a task that needs %d cores and has %d vCPU is never paused', (needs, vcpu) => {
  const clock = new SimulatedClock();
  const task = new SimulatedTask(clock, needs, TICK_SECONDS);
  new CpuQuota(clock, task, { vcpu, startFraction: 0.3 });
  clock.runUntil(600);
  expect(task.pauses).toBe(0);
});

test('a busy task runs once in each window', () => {
  const clock = new SimulatedClock();
  const task = new SimulatedTask(clock, 1);
  new CpuQuota(clock, task, { vcpu: 0.25, startFraction: 0 });
  clock.runUntil(10);
  expect(task.pauses).toBeGreaterThanOrEqual(99);
  expect(task.pauses).toBeLessThanOrEqual(100);
});

test('deducts from later windows what a late timer let a task use beyond its quota', () => {
  const clock = new SimulatedClock();
  const late: Clock = {
    get nowSeconds() {
      return clock.nowSeconds;
    },
    after: (delaySeconds, run) => clock.after(delaySeconds + 0.03, run),
  };
  const task = new SimulatedTask(clock, 1);
  new CpuQuota(late, task, { vcpu: 0.25, startFraction: 0 });
  clock.runUntil(600);
  expect(task.cpuSeconds() / 600).toBeCloseTo(0.25, 2);
});

test('a task cannot save up unused quota', () => {
  const clock = new SimulatedClock();
  const task = new SimulatedTask(clock, 0);
  new CpuQuota(clock, task, { vcpu: 0.25, startFraction: 0 });
  // idle for ten seconds, then busy.
  clock.runUntil(10);
  task.cores = 1;
  clock.runUntil(10.1);
  expect(task.cpuSeconds()).toBeLessThan(0.025 + 2 * TICK_SECONDS);
});

test('a stopped quota no longer pauses the task', () => {
  const clock = new SimulatedClock();
  const task = new SimulatedTask(clock, 1);
  const quota = new CpuQuota(clock, task, { vcpu: 0.25, startFraction: 0 });
  clock.runUntil(1.01);
  quota.stop();
  task.resume();
  clock.runUntil(2.01);
  expect(task.cpuSeconds()).toBeGreaterThan(1.2);
});
