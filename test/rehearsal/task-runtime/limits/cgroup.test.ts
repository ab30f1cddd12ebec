import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ControlGroupVersion2 } from '../../../../rehearsal/task-runtime/limits/cgroup';

/** A folder with files as the kernel has them in a group. */
function groupOf(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'group-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { group: new ControlGroupVersion2(folder), read: (name: string) => readFileSync(join(folder, name), 'utf8') };
}

test('reads the usage of a group in the format of the kernel', () => {
  const { group } = groupOf({
    'cpu.stat': 'usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\nnr_periods 12\n',
    'memory.current': '104857600\n',
    'memory.stat': 'anon 52428800\nfile 52428800\ninactive_file 20971520\nactive_file 31457280\n',
    'memory.events': 'low 0\nhigh 0\nmax 7\noom 1\noom_kill 2\noom_group_kill 1\n',
    'cgroup.procs': '12\n4711\n',
  });
  expect(group.cpuSeconds()).toBe(2.5);
  expect(group.memoryMiB()).toBe(80);
  expect(group.outOfMemoryKills()).toBe(2);
  expect(group.processIds()).toEqual([12, 4711]);
});

test('a removed group has no usage', () => {
  const { group } = groupOf({});
  expect([group.cpuSeconds(), group.outOfMemoryKills(), group.processIds()]).toEqual([0, 0, []]);
});

test.each([
  [0.25, '25000 100000'],
  [2, '200000 100000'],
  [0.001, '1000 100000'],
])('a quota of %d vCPU is written as %j', (vcpu, line) => {
  const { group, read } = groupOf({});
  group.setVcpu(vcpu);
  expect(read('cpu.max')).toBe(line);
});

test('the memory limit excludes swap, and the whole group is killed when it is exceeded', () => {
  const { group, read } = groupOf({});
  group.setMemoryMiB(512);
  expect([read('memory.max'), read('memory.swap.max'), read('memory.oom.group')]).toEqual(['536870912', '0', '1']);
});

test('a group is paused, unpaused and killed as a whole', () => {
  const { group, read } = groupOf({});
  group.pause();
  expect(read('cgroup.freeze')).toBe('1');
  group.unpause();
  expect(read('cgroup.freeze')).toBe('0');
  group.kill();
  expect(read('cgroup.kill')).toBe('1');
});
