import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a Dockerfile; empty if there is none. */
export function dockerfileText(folder: string, dockerfile = 'Dockerfile'): string {
  const file = join(folder, dockerfile);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
