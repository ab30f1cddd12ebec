import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What nobody writes to, or somebody else does. */
const PASSED_OVER = new Set(['node_modules', '.git']);

/** A folder of more files than this is not that of one program. */
const MOST_ENTRIES = 10_000;

/** The files below a folder that changed since a moment of the wall clock. */
export function filesWrittenSince(folder: string, epochMillis: number): string[] {
  const written: string[] = [];
  const folders = ['.'];
  let seen = 0;
  for (let at = folders.shift(); at !== undefined && seen < MOST_ENTRIES; at = folders.shift()) {
    for (const entry of entriesOf(join(folder, at))) {
      const path = join(at, entry.name);
      seen += 1;
      if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) folders.push(path);
      if (entry.isFile() && changedAt(join(folder, path)) >= epochMillis) written.push(path);
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

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
