import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ControlGroupFolders } from '../../../../rehearsal/task-runtime/limits/cgroup-folders';
import { findControlGroupParent } from '../../../../rehearsal/task-runtime/limits/cgroup-folders';

/** A hierarchy of version 2 in a folder, with the controllers that each group enables for its children. */
function hierarchy(enabled: readonly string[]): { own: ControlGroupFolders; folders: string[] } {
  const mount = mkdtempSync(join(tmpdir(), 'groups-'));
  onTestFinished(() => rmSync(mount, { recursive: true }));
  const folders: string[] = [];
  for (const controllers of enabled) {
    folders.push(join(folders.at(-1) ?? mount, folders.length === 0 ? '.' : 'inner'));
    mkdirSync(folders.at(-1)!, { recursive: true });
    writeFileSync(join(folders.at(-1)!, 'cgroup.subtree_control'), `${controllers}\n`);
    writeFileSync(join(folders.at(-1)!, 'cgroup.procs'), '');
  }
  const folder = folders.at(-1)!;
  return { own: { version: 2, cpu: folder, cpuAccount: folder, memory: folder, mount }, folders };
}

test.each([
  ['the parent', ['cpu memory pids', ''], 0],
  ['the nearest ancestor', ['cpu memory', 'memory cpu io', ''], 1],
  ['an ancestor that enables both controllers', ['cpu memory', 'memory pids', ''], 0],
  ['the own group, if it has no processes', ['cpu memory', 'cpu memory'], 1],
])('in version 2 the groups of tasks are created in %s', (_, enabled, expected) => {
  const { own, folders } = hierarchy(enabled);
  expect(findControlGroupParent(own)).toMatchObject({ version: 2, cpu: folders[expected], memory: folders[expected] });
});

test('there is none if no group enables CPU and memory', () => {
  const { own } = hierarchy(['memory pids', '']);
  expect(findControlGroupParent(own)).toEqual({
    unavailable: `no group from ${own.cpu} upwards is writable and enables the CPU and memory controllers`,
  });
});

test('there is none in version 1 if a folder cannot be written to', () => {
  const gone = '/no/such/group';
  const own: ControlGroupFolders = { version: 1, cpu: gone, cpuAccount: gone, memory: gone, mount: gone };
  expect(findControlGroupParent(own)).toEqual({ unavailable: '/no/such/group is not writable' });
});
