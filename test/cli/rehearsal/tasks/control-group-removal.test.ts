import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeControlGroup, sweepControlGroups } from '../../../../cli/rehearsal/tasks/control-group-removal';
import { ownerName } from '../../../../cli/rehearsal/tasks/owner-name';

function parentWith(...names: string[]): string {
  const parent = mkdtempSync(join(tmpdir(), 'groups-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  for (const name of names) mkdirSync(join(parent, name, 'task-1'), { recursive: true });
  return parent;
}

test('a group goes with all inside it', () => {
  const parent = parentWith('group');
  expect(removeControlGroup(join(parent, 'group'))).toBe(true);
  expect(existsSync(join(parent, 'group'))).toBe(false);
});

test('only groups whose owner has gone are swept away', () => {
  const mine = ownerName();
  const [other, reused, elsewhere] = [
    mine.replace(/-\d+-\d+$/, '-4194305-1'),
    mine.replace(/-\d+$/, '-1'),
    mine.replace(/-\d+-(\d+-\d+)$/, '-7-$1'),
  ];
  const parent = parentWith(mine, other, reused, elsewhere, 'user.slice');
  sweepControlGroups([parent]);
  const left = [mine, other, reused, elsewhere, 'user.slice'].filter((name) => existsSync(join(parent, name)));
  // a number that now belongs to another process says that the owner has gone, one of another container says nothing.
  expect(left).toEqual([mine, elsewhere, 'user.slice']);
});
