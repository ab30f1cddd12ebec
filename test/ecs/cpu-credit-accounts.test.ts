import { expect, test } from 'vitest';
import { CpuCreditAccounts, type CpuUsage } from '../../src/ecs/cpu-credit-accounts';
import { TaskClock } from '../../src/ecs/task-clock';
import { cpuCreditsOf } from '../../src/plan/cpu-credits';
import { instanceSize } from '../../src/plan/instance-types';
import { SimulatedTask } from '../../src/simulation/tasks/simulated-task';
import { SimulatedClock } from '../../src/time/simulated-clock';

/** A t2.micro that uses all the vCPU that it can; its own clock runs slower than that of the scenario, as the wall clock in a rehearsal. */
function busyInstance(speed: number) {
  const clock = new SimulatedClock();
  const task = new SimulatedTask(1, 0, 0);
  const usage = { seconds: 0, cpuSeconds: 0 };
  const lowered: number[] = [];
  const usageOf = (): CpuUsage => {
    const seconds = clock.nowSeconds / speed;
    usage.cpuSeconds += (seconds - usage.seconds) * task.cpuShare;
    usage.seconds = seconds;
    return { ...usage };
  };
  const accounts = new CpuCreditAccounts({
    credits: cpuCreditsOf('t2.micro')!,
    size: instanceSize('t2.micro')!,
    loweringSeconds: 900,
    taskClock: new TaskClock(clock),
    instances: () => [task],
    usageOf,
    onShareChange: (changes) => {
      for (const { instance, cpuShare } of changes) instance.update({ cpuShare });
    },
    onLowered: () => lowered.push(clock.nowSeconds),
  });
  return { clock, task, accounts, lowered };
}

test.each([1, 30])('at %d times the speed, credits are earned and spent in the time of the scenario', (speed) => {
  const { clock, task, accounts, lowered } = busyInstance(speed);
  clock.runUntil(25 * 60);
  // 30 credits, of which 0.9 are spent in a minute, on average over the time.
  expect(accounts.creditSeconds / accounts.instanceSeconds).toBeCloseTo(30 - 0.9 * 13, 6);
  expect(task.cpuShare).toBe(1);
  clock.runUntil(2 * 3600);
  expect(lowered).toEqual([26 * 60]);
  expect(task.cpuShare).toBeLessThan(0.2);
});
