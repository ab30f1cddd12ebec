import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Runs the app of an example as the CDK's command does: as a process that gets the folder to write to in its environment. */
export function runApp(example: string): CloudAssembly {
  return runApps(join(ROOT, 'examples'), [example]).get(example)!;
}

/**
 * Runs the apps of several examples in one process, which loads the CDK once: each app gets its folder before it begins, and writes when all
 * of them are loaded.
 *
 * @param examples the folder that holds them; where they find this package by its name, or else through the dev tsconfig.
 */
export function runApps(examples: string, names: readonly string[]): ReadonlyMap<string, CloudAssembly> {
  const assemblies = new Map(names.map((name) => [name, assemblyIn(mkdtempSync(join(tmpdir(), 'example-')))]));
  const script = [...assemblies].map(([name, { folder }]) => {
    const app = pathToFileURL(join(examples, name, 'app.ts')).href;
    return `process.env.CDK_OUTDIR = ${JSON.stringify(folder)};\nawait import(${JSON.stringify(app)});`;
  });
  const args = ['--import', TSX, '--input-type=module', '--eval', script.join('\n')];
  const env = { ...process.env, ...(examples.startsWith(ROOT) && { TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.dev.json') }) };
  execFileSync(process.execPath, args, { cwd: examples, env, stdio: 'pipe' });
  return assemblies;
}

function assemblyIn(folder: string): CloudAssembly {
  return { folder, textOf: (file) => readFileSync(join(folder, file), 'utf8') };
}

/** What an app has written. */
export interface CloudAssembly {
  readonly folder: string;
  readonly textOf: (file: string) => string;
}
