import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the examples are. */
export const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

/** Every folder of the gallery. */
export const FOLDERS: readonly string[] = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Those with a CDK app in TypeScript. */
export const APPS: readonly string[] = FOLDERS.filter((name) => existsSync(join(EXAMPLES, name, 'app.ts')));

/** The text of a file in an example. */
export function textIn(example: string, file: string): string {
  return readFileSync(join(EXAMPLES, example, file), 'utf8');
}

/** The first paragraph of a README below its title, which is the question that the example answers. */
export function questionOf(example: string): string {
  return textIn(example, 'README.md').split('\n\n')[1]!.replaceAll('\n', ' ');
}
