import { expect, test } from 'vitest';
import { childGroupFolders, parseControlGroupFolders } from '../../../../rehearsal/task-runtime/limits/cgroup-folders';

const MOUNT = '23 1 0:20 / /proc rw,relatime - proc proc rw';
const UNIFIED = '31 23 0:27 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate';

function version1(controllers: string, root = '/'): string {
  return `32 31 0:29 ${root} /sys/fs/cgroup/${controllers} rw,relatime - cgroup cgroup rw,${controllers}`;
}

test('version 2 has one folder for all controllers', () => {
  const folders = parseControlGroupFolders([MOUNT, UNIFIED].join('\n'), '0::/user.slice/user-1000.slice\n');
  const folder = '/sys/fs/cgroup/user.slice/user-1000.slice';
  expect(folders).toEqual({ version: 2, cpu: folder, cpuAccount: folder, memory: folder, mount: '/sys/fs/cgroup' });
});

test('version 1 has a folder for each controller, some of them shared, also if version 2 is mounted beside it', () => {
  const mounts = [MOUNT, UNIFIED, version1('cpu,cpuacct'), version1('memory')].join('\n');
  const folders = parseControlGroupFolders(mounts, '4:memory:/tools\n1:cpu,cpuacct:/\n0::/\n');
  expect(folders).toEqual({
    version: 1,
    cpu: '/sys/fs/cgroup/cpu,cpuacct',
    cpuAccount: '/sys/fs/cgroup/cpu,cpuacct',
    memory: '/sys/fs/cgroup/memory/tools',
    mount: '/sys/fs/cgroup/cpu,cpuacct',
  });
  expect(childGroupFolders(folders!, 'a')).toMatchObject({ cpu: '/sys/fs/cgroup/cpu,cpuacct/a', memory: '/sys/fs/cgroup/memory/tools/a' });
});

test('in a container, the root of the mount is the group of the container', () => {
  const mounts = ['cpu', 'cpuacct', 'memory'].map((name) => version1(name, '/docker/a1')).join('\n');
  const groups = ['cpu', 'cpuacct', 'memory'].map((name, index) => `${index}:${name}:/docker/a1/inner`).join('\n');
  expect(parseControlGroupFolders(mounts, groups)).toMatchObject({ version: 1, cpu: '/sys/fs/cgroup/cpu/inner' });
});

test.each([
  ['nothing is mounted', MOUNT, '0::/\n'],
  ['the memory controller is missing', [version1('cpu'), version1('cpuacct')].join('\n'), '1:cpu:/\n2:cpuacct:/\n'],
  ['the group is above the root of the mount', UNIFIED.replace(' / ', ' /docker/a1 '), '0::/\n'],
])('there is none if %s', (_, mounts, groups) => {
  expect(parseControlGroupFolders(mounts, groups)).toBeUndefined();
});
