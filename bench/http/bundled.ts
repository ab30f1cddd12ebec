import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const NAMES = ['balancer', 'client', 'upstream'] as const;

/** The programs of a benchmark, bundled like the command, so that the shipped code is measured. */
export interface Programs extends Readonly<Record<(typeof NAMES)[number], string>> {
  /** A separate folder for other files. */
  readonly folder: string;
  readonly remove: () => void;
}

export async function bundlePrograms(): Promise<Programs> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-http-'));
  const entryPoints = NAMES.map((name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url)));
  await build({ entryPoints, outdir: folder, bundle: true, platform: 'node', target: 'node20', format: 'cjs' });
  const [balancer, client, upstream] = NAMES.map((name) => join(folder, `${name}.js`));
  return { balancer: balancer!, client: client!, upstream: upstream!, folder, remove: () => rmSync(folder, { recursive: true }) };
}
