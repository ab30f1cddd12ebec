import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ControlGroupVersion2 } from '../../../../cli/rehearsal/tasks/control-group-version-2';

/** A folder with files as the kernel has them in a group. */
function groupOf(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'group-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { group: new ControlGroupVersion2(folder), said: (name: string) => readFileSync(join(folder, name), 'utf8') };
}

test('what a group uses is read as the kernel writes it', () => {
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

test('a group that has been removed has used nothing', () => {
  const { group } = groupOf({});
  expect([group.cpuSeconds(), group.outOfMemoryKills(), group.processIds()]).toEqual([0, 0, []]);
});

test.each([
  [0.25, '25000 100000'],
  [2, '200000 100000'],
  [0.001, '1000 100000'],
])('%d vCPU are %j', (vcpu, line) => {
  const { group, said } = groupOf({});
  group.setVcpu(vcpu);
  expect(said('cpu.max')).toBe(line);
});

test('memory has a limit without swap, and all of a group ends when it is passed', () => {
  const { group, said } = groupOf({});
  group.setMemoryMiB(512);
  expect([said('memory.max'), said('memory.swap.max'), said('memory.oom.group')]).toEqual(['536870912', '0', '1']);
});

test('a group is frozen, thawed and ended as a whole', () => {
  const { group, said } = groupOf({});
  group.freeze();
  expect(said('cgroup.freeze')).toBe('1');
  group.thaw();
  expect(said('cgroup.freeze')).toBe('0');
  group.kill();
  expect(said('cgroup.kill')).toBe('1');
});
