import { expect, test } from 'vitest';
import { CpuQuota } from '../../../../cli/rehearsal/tasks/cpu-quota';
import { SimulatedTime } from '../../../../src/time/simulated-time';
import type { Time } from '../../../../src/time/time';
import { SimulatedTask } from './simulated-task';

const TICK_SECONDS = 0.004;

test.each([
  // wants  vcpu  gets
  [1, 0.25, 0.25],
  [1, 0.5, 0.5],
  [0.7, 0.5, 0.5],
  [4, 0.25, 0.25], // four threads at once use the budget up before anyone looks, and pay for it later.
  [4, 2, 2],
  [0.2, 0.25, 0.2],
  [0, 0.25, 0],
])('a task that wants %d cores and has %d vCPU gets %d', (wants, vcpu, gets) => {
  const time = new SimulatedTime();
  const task = new SimulatedTask(time, wants, TICK_SECONDS);
  new CpuQuota(time, task, { vcpu, phase: 0.3 });
  time.runUntil(600);
  expect(task.cpuSeconds() / 600).toBeCloseTo(gets, 3);
});

test.each([
  // wants  vcpu
  [0, 0.25],
  [0.2, 0.25],
  [1, 1],
  [1, 2],
  [2, 2],
])('a task that wants %d cores and has %d vCPU is never paused', (wants, vcpu) => {
  const time = new SimulatedTime();
  const task = new SimulatedTask(time, wants, TICK_SECONDS);
  new CpuQuota(time, task, { vcpu, phase: 0.3 });
  time.runUntil(600);
  expect(task.pauses).toBe(0);
});

test('a busy task runs once in each window', () => {
  const time = new SimulatedTime();
  const task = new SimulatedTask(time, 1);
  new CpuQuota(time, task, { vcpu: 0.25, phase: 0 });
  time.runUntil(10);
  expect(task.pauses).toBeGreaterThanOrEqual(99);
  expect(task.pauses).toBeLessThanOrEqual(100);
});

test('what a late timer lets a task use too much is taken from later windows', () => {
  const time = new SimulatedTime();
  const late: Time = {
    get nowSeconds() {
      return time.nowSeconds;
    },
    after: (delaySeconds, run) => time.after(delaySeconds + 0.03, run),
  };
  const task = new SimulatedTask(time, 1);
  new CpuQuota(late, task, { vcpu: 0.25, phase: 0 });
  time.runUntil(600);
  expect(task.cpuSeconds() / 600).toBeCloseTo(0.25, 2);
});

test('what a task did not use is lost', () => {
  const time = new SimulatedTime();
  const task = new SimulatedTask(time, 0);
  new CpuQuota(time, task, { vcpu: 0.25, phase: 0 });
  // ten quiet seconds pass, then it has a lot to do.
  time.runUntil(10);
  task.cores = 1;
  time.runUntil(10.1);
  expect(task.cpuSeconds()).toBeLessThan(0.025 + 2 * TICK_SECONDS);
});

test('a stopped quota looks no more', () => {
  const time = new SimulatedTime();
  const task = new SimulatedTask(time, 1);
  const quota = new CpuQuota(time, task, { vcpu: 0.25, phase: 0 });
  time.runUntil(1.01);
  quota.stop();
  task.resume();
  time.runUntil(2.01);
  expect(task.cpuSeconds()).toBeGreaterThan(1.2);
});
