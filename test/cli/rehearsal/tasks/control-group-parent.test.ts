import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ControlGroupFolders } from '../../../../cli/rehearsal/tasks/control-group-folders';
import { findControlGroupParent } from '../../../../cli/rehearsal/tasks/control-group-parent';

/** A hierarchy of version 2 in a folder: for each group on the way down, what it hands on. */
function hierarchy(handedOn: readonly string[]): { own: ControlGroupFolders; folders: string[] } {
  const mount = mkdtempSync(join(tmpdir(), 'groups-'));
  onTestFinished(() => rmSync(mount, { recursive: true }));
  const folders: string[] = [];
  for (const controllers of handedOn) {
    folders.push(join(folders.at(-1) ?? mount, folders.length === 0 ? '.' : 'inner'));
    mkdirSync(folders.at(-1)!, { recursive: true });
    writeFileSync(join(folders.at(-1)!, 'cgroup.subtree_control'), `${controllers}\n`);
    writeFileSync(join(folders.at(-1)!, 'cgroup.procs'), '');
  }
  const folder = folders.at(-1)!;
  return { own: { version: 2, cpu: folder, cpuAccount: folder, memory: folder, mount }, folders };
}

test.each([
  ['the one above', ['cpu memory pids', ''], 0],
  ['the nearest above', ['cpu memory', 'memory cpu io', ''], 1],
  ['one that hands on both', ['cpu memory', 'memory pids', ''], 0],
  ['our own, where it holds no processes', ['cpu memory', 'cpu memory'], 1],
])('in version 2 the groups of tasks are made in %s', (_, handedOn, expected) => {
  const { own, folders } = hierarchy(handedOn);
  expect(findControlGroupParent(own)).toMatchObject({ version: 2, cpu: folders[expected], memory: folders[expected] });
});

test('there is none where nobody hands on CPU and memory', () => {
  const { own } = hierarchy(['memory pids', '']);
  expect(findControlGroupParent(own)).toEqual({
    refusal: `no group from ${own.cpu} upwards is writable and hands on CPU and memory`,
  });
});

test('there is none in version 1 where a folder cannot be written to', () => {
  const gone = '/no/such/group';
  const own: ControlGroupFolders = { version: 1, cpu: gone, cpuAccount: gone, memory: gone, mount: gone };
  expect(findControlGroupParent(own)).toEqual({ refusal: '/no/such/group is not writable' });
});
