import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of every source file, by its path from the root of the repository. */
export type Sources = ReadonlyMap<string, string>;

const NOT_SOURCES = /(^|\/)(node_modules|dist|cdk\.out|[^/]+\.snapshot)(\/|$)/;

/** Reads every TypeScript file below the given folders. A folder that does not exist has no files. */
export function readSources(root: string, folders: string[]): Sources {
  const files = folders.flatMap((folder) => filesBelow(root, folder));
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !NOT_SOURCES.test(file))
    .sort();
}
