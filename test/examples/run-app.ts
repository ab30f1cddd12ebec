import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSX = createRequire(import.meta.url).resolve('tsx/cli');

/** Runs the app of an example as the CDK's command does: as a process that is told where to write. */
export function runApp(example: string): CloudAssembly {
  const folder = mkdtempSync(join(tmpdir(), 'example-'));
  const app = join(ROOT, 'examples', example, 'app.ts');
  // the dev tsconfig lets the example find this package by its name.
  const args = [TSX, '--tsconfig', join(ROOT, 'tsconfig.dev.json'), app];
  execFileSync(process.execPath, args, { cwd: dirname(app), env: { ...process.env, CDK_OUTDIR: folder }, stdio: 'pipe' });
  return { folder, textOf: (file) => readFileSync(join(folder, file), 'utf8') };
}

/** What an app has written. */
export interface CloudAssembly {
  readonly folder: string;
  readonly textOf: (file: string) => string;
}
