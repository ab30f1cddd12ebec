import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ProcessTreeCpu, residentMemoryMiB } from '../../../../rehearsal/task-runtime/limits/process-usage';
import { taskOf } from '../task-of';

describe.runIf(process.platform === 'linux')('on Linux', () => {
  test('reads the CPU time that the process itself reports', () => {
    const cpu = new ProcessTreeCpu([process.pid]);
    const { user, system } = process.cpuUsage();
    // the CPU time of a running thread is updated at the next tick of the kernel's clock.
    expect(cpu.read()).toBeGreaterThan((user + system) / 1e6 - 0.1);
    expect(cpu.read()).toBeLessThan((user + system) / 1e6 + 0.5);
    cpu.close();
  });

  test('counts the child processes of a task, also after they have ended', async () => {
    const { arguments: work } = taskOf('work', '1');
    const { program, arguments: given } = taskOf('parent', ...work);
    const parent = spawn(program, given, { stdio: 'ignore' });
    const cpu = new ProcessTreeCpu([parent.pid!]);
    await expect.poll(() => cpu.read(), { interval: 20, timeout: 30_000 }).toBeGreaterThan(0.4);
    const readBefore = cpu.read();
    await once(parent, 'exit');
    expect(cpu.read()).toBeGreaterThanOrEqual(readBefore);
    cpu.close();
  });

  test('a process that does not exist has used nothing', () => {
    const missing = 2 ** 22 + 1;
    expect(new ProcessTreeCpu([missing]).read()).toBe(0);
  });
});

test.runIf(process.platform === 'linux')('the memory of a process is about what the process itself reports', () => {
  const own = process.memoryUsage().rss / 2 ** 20;
  const read = residentMemoryMiB([process.pid])!;
  expect(read).toBeGreaterThan(0.7 * own);
  expect(read).toBeLessThan(1.5 * own);
});

test('a process that does not exist has no memory', () => {
  expect(residentMemoryMiB([2 ** 22 + 1])).toBeUndefined();
});
