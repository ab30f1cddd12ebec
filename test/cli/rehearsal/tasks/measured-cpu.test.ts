import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { MeasuredCpu } from '../../../../cli/rehearsal/tasks/measured-cpu';
import { taskOf } from './task-of';

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('reads as much as a process knows of itself', () => {
    const cpu = new MeasuredCpu([process.pid]);
    const { user, system } = process.cpuUsage();
    // a running thread is accounted for at the next tick of the kernel's clock.
    expect(cpu.read()).toBeGreaterThan((user + system) / 1e6 - 0.1);
    expect(cpu.read()).toBeLessThan((user + system) / 1e6 + 0.5);
    cpu.close();
  });

  test('counts the processes that a task starts, also after they have ended', async () => {
    const { arguments: work } = taskOf('work', '1');
    const { program, arguments: given } = taskOf('parent', ...work);
    const parent = spawn(program, given, { stdio: 'ignore' });
    const cpu = new MeasuredCpu([parent.pid!]);
    await expect.poll(() => cpu.read(), { interval: 20, timeout: 30_000 }).toBeGreaterThan(0.4);
    const readBefore = cpu.read();
    await once(parent, 'exit');
    expect(cpu.read()).toBeGreaterThanOrEqual(readBefore);
    cpu.close();
  });

  test('a process that has ended used nothing more', () => {
    const nobody = 2 ** 22 + 1;
    expect(new MeasuredCpu([nobody]).read()).toBe(0);
  });
});
