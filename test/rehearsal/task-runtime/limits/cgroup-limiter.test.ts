import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeControlGroup, removeOrphanedGroups } from '../../../../rehearsal/task-runtime/limits/cgroup-limiter';
import { ownerId } from '../../../../rehearsal/task-runtime/process/owner-id';

function parentWith(...names: string[]): string {
  const parent = mkdtempSync(join(tmpdir(), 'groups-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  for (const name of names) mkdirSync(join(parent, name, 'task-1'), { recursive: true });
  return parent;
}

test('removes a group with its children', () => {
  const parent = parentWith('group');
  expect(removeControlGroup(join(parent, 'group'))).toBe(true);
  expect(existsSync(join(parent, 'group'))).toBe(false);
});

test('removes only groups whose owner has ended', () => {
  const mine = ownerId();
  const [other, reused, elsewhere] = [
    mine.replace(/-\d+-\d+$/, '-4194305-1'),
    mine.replace(/-\d+$/, '-1'),
    mine.replace(/-\d+-(\d+-\d+)$/, '-7-$1'),
  ];
  const parent = parentWith(mine, other, reused, elsewhere, 'user.slice');
  removeOrphanedGroups([parent]);
  const left = [mine, other, reused, elsewhere, 'user.slice'].filter((name) => existsSync(join(parent, name)));
  // a process id that now belongs to another process means that the owner has ended; one of another container means nothing.
  expect(left).toEqual([mine, elsewhere, 'user.slice']);
});
