import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOwnerGone } from './owner-name';

/**
 * Makes the folder in which an engine's commands are run that stay.
 *
 * Podman's monitor leaves a file where it was started when a container has needed too much memory: that shall not be where the user is.
 */
export function makeEngineFolder(owner: string): string {
  const folder = join(tmpdir(), owner);
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function removeEngineFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Removes the folders of owners on this machine that have gone. */
export function sweepEngineFolders(): void {
  for (const name of readdirSync(tmpdir())) if (isOwnerGone(name)) removeEngineFolder(join(tmpdir(), name));
}
