import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resultOrUndefined } from '../limits/proc-file';
import { hasOwnerExited, ownerId } from './owner-id';

/**
 * Creates a temporary folder that belongs to this process. If this process is killed before it has removed the folder, the supervisor of its tasks does, or else
 * the next command.
 */
export function createOwnedFolder(): string {
  removeOrphanedFolders();
  return mkdtempSync(join(tmpdir(), `${ownerId()}-`));
}

/** Creates the temporary folder that is named after its owner. */
export function createFolderOf(owner: string): string {
  const folder = join(tmpdir(), owner);
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function removeOwnedFolder(folder: string): void {
  // a process that is being killed may still write to it.
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Removes all temporary folders of this process, which is about to exit. */
export function removeOwnedFolders(): void {
  const owner = ownerId();
  const own = readdirSync(tmpdir()).filter((name) => name === owner || name.startsWith(`${owner}-`));
  for (const name of own) resultOrUndefined(() => removeOwnedFolder(join(tmpdir(), name)));
}

/** Removes the folders of processes that have exited without removing them. A folder of another user stays. */
export function removeOrphanedFolders(): void {
  for (const name of readdirSync(tmpdir())) if (hasOwnerExited(name)) resultOrUndefined(() => removeOwnedFolder(join(tmpdir(), name)));
}
