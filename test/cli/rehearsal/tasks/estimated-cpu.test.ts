import { expect, test } from 'vitest';
import { CpuQuota } from '../../../../cli/rehearsal/tasks/cpu-quota';
import { EstimatedCpu } from '../../../../cli/rehearsal/tasks/estimated-cpu';
import { every } from '../../../../src/time/every';
import { SimulatedTime } from '../../../../src/time/simulated-time';
import { SimulatedTask } from './simulated-task';

const ASK_SECONDS = 0.25;

/** A task under a quota of a quarter of a core that knows its usage four times a second, in hundredths of a second. */
function estimated(cores: number) {
  const time = new SimulatedTime();
  const task = new SimulatedTask(time, cores);
  const estimate = new EstimatedCpu(() => {
    task.cpuSeconds();
    return task.runningSeconds;
  });
  const limited = { cpuSeconds: () => estimate.read(), pause: () => task.pause(), resume: () => task.resume() };
  new CpuQuota(time, limited, { vcpu: 0.25, phase: 0 });
  every(time, { firstAtSeconds: ASK_SECONDS, periodSeconds: ASK_SECONDS }, () => {
    estimate.correct(Math.floor(task.cpuSeconds() * 100) / 100);
  });
  return { time, task };
}

test.each([
  [1, 0.25],
  [2, 0.25],
  [0.6, 0.25],
  [0.2, 0.2],
])('a task that wants %d cores gets %d', (wants, gets) => {
  const { time, task } = estimated(wants);
  time.runUntil(600);
  expect(task.cpuSeconds() / 600).toBeCloseTo(gets, 2);
});

test('an idle task is not paused once it is known to be idle', () => {
  const { time, task } = estimated(0);
  time.runUntil(2 * ASK_SECONDS);
  const pausesAtFirst = task.pauses;
  time.runUntil(60);
  expect(task.pauses).toBe(pausesAtFirst);
});

test('a burst after a quiet time is paid back', () => {
  const { time, task } = estimated(0);
  time.runUntil(10);
  task.cores = 1;
  time.runUntil(20);
  expect(task.cpuSeconds() / 10).toBeCloseTo(0.25, 1);
});
