import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/** Creates a folder for one cloud assembly of the test file that runs. */
export function newSynthesizedFolder(): string {
  folder ??= mkdtempSync(join(tmpdir(), 'synthesize-'));
  return mkdtempSync(join(folder, 'app-'));
}

/** Deletes the cloud assemblies of the test file that has run. */
export function removeSynthesizedFolders(): void {
  if (folder) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
}
