import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { synthesizeApp } from '../synthesize-app';
import { EXAMPLES } from './examples';

/** What `node --import` takes to run TypeScript. */
export const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Runs the app of an example on the sources of this package. */
export async function runApp(example: string): Promise<CloudAssembly> {
  const assembly = newAssembly();
  await synthesizeApp(appIn(EXAMPLES, example), { outdir: assembly.folder });
  return assembly;
}

/** Runs the apps of several examples on the sources of this package. */
export async function runApps(names: readonly string[]): Promise<ReadonlyMap<string, CloudAssembly>> {
  const assemblies = new Map<string, CloudAssembly>();
  for (const name of names) assemblies.set(name, await runApp(name));
  return assemblies;
}

/**
 * Runs the apps of several examples as the CDK's command does, but in one process, which loads the CDK once: each app gets its folder before it
 * begins, and writes when all of them are loaded.
 *
 * @param examples the folder that holds them; they find this package there by its name.
 */
export function runInstalledApps(examples: string, names: readonly string[]): ReadonlyMap<string, CloudAssembly> {
  const assemblies = new Map(names.map((name) => [name, newAssembly()]));
  const script = [...assemblies].map(([name, { folder }]) => {
    const app = pathToFileURL(appIn(examples, name)).href;
    return `process.env.CDK_OUTDIR = ${JSON.stringify(folder)};\nawait import(${JSON.stringify(app)});`;
  });
  const args = ['--import', TSX, '--input-type=module', '--eval', script.join('\n')];
  execFileSync(process.execPath, args, { cwd: examples, stdio: 'pipe' });
  return assemblies;
}

function appIn(examples: string, name: string): string {
  return join(examples, name, 'app.ts');
}

function newAssembly(): CloudAssembly {
  const folder = mkdtempSync(join(tmpdir(), 'example-'));
  return { folder, textOf: (file) => readFileSync(join(folder, file), 'utf8') };
}

/** What an app has written. */
export interface CloudAssembly {
  readonly folder: string;
  readonly textOf: (file: string) => string;
}
