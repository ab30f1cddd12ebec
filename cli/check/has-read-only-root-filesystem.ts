import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckResult, ok, skipped, warning } from './check-result';
import type { CheckedTask } from './checked-task';

/**
 * Reads from the task definition whether the root filesystem is read-only. A container has run with that setting. If the task is a
 * process, the folder of its program is searched for files that it wrote.
 */
export async function hasReadOnlyRootFilesystem({
  options: { image, folder, inspectedImage },
  startedAtEpochMillis,
  hasBeenHealthy,
}: Pick<CheckedTask, 'options' | 'startedAtEpochMillis' | 'hasBeenHealthy'>): Promise<CheckResult> {
  if (inspectedImage !== undefined) return assessContainer(image.readonlyRootFilesystem === true, hasBeenHealthy);
  const written = folder === undefined ? [] : filesWrittenSince(folder, startedAtEpochMillis);
  if (image.readonlyRootFilesystem === undefined && written.length === 0) return skipped('there is no task definition to read');
  if (written.length > 0) {
    const files = `${written.slice(0, 3).join(', ')} changed in the folder of the program while it ran, by the task or another process`;
    return warning(image.readonlyRootFilesystem === true ? `${files}, but its root filesystem is read-only` : files, WRITE_ELSEWHERE);
  }
  return image.readonlyRootFilesystem === true
    ? ok('the task definition sets it, and no file changed in the folder of the program; other folders were not searched')
    : WRITABLE;
}

/** A container ran with the root filesystem that its definition sets. */
function assessContainer(isReadOnly: boolean, hasBeenHealthy: boolean): CheckResult {
  if (!isReadOnly) return WRITABLE;
  return hasBeenHealthy ? ok('it served with one') : warning('it ran with one and was never healthy', WRITE_ELSEWHERE);
}

const WRITABLE = warning(
  'the task definition lets the task, and so an intruder, write to its root filesystem',
  'set readonlyRootFilesystem: true',
);

const WRITE_ELSEWHERE = 'write to a volume (writableDirectories), or to no file: the files of a task are lost when it stops';

/** Folders that a task does not write to, or that other tools write to. */
const IGNORED_FOLDERS = new Set(['node_modules', '.git', '__pycache__']);

/** A folder with more entries than this is not the folder of one program. */
const MAX_ENTRIES = 10_000;

/** The files below a folder that changed since a time on the wall clock. */
export function filesWrittenSince(folder: string, epochMillis: number): string[] {
  const written: string[] = [];
  const directories = ['.'];
  let entryCount = 0;
  for (let directory = directories.shift(); directory !== undefined && entryCount < MAX_ENTRIES; directory = directories.shift()) {
    for (const entry of entriesOf(join(folder, directory))) {
      const path = join(directory, entry.name);
      entryCount += 1;
      if (entry.isDirectory() && !IGNORED_FOLDERS.has(entry.name)) directories.push(path);
      if (entry.isFile() && modifiedAtEpochMillis(join(folder, path)) >= epochMillis) written.push(path);
    }
  }
  return written;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function modifiedAtEpochMillis(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
