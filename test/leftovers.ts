import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const PREFIX = 'tests-of-scaling-';

/** What programs of others keep: the CDK of an app that nobody gave a folder, tsx of what it has compiled, engines of their images. */
const OF_OTHERS = /^(cdk\.out\w|tsx-|node-compile-cache|npm-|hsperfdata|podman|libpod|buildah|storage|container_|containers-)/;

/**
 * Gives all tests, and whatever they start, a temporary folder of their own.
 *
 * What is left of it in the end is removed; where that is something of this project, the run has failed.
 */
export function setup(): (() => void) | undefined {
  // each project of the configuration asks for it.
  if (basename(tmpdir()).startsWith(PREFIX)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  process.env['TMPDIR'] = folder;
  return () => removeAndJudge(folder);
}

function removeAndJudge(folder: string): void {
  // it may be asked for more than once, too.
  if (!existsSync(folder)) return;
  const left = readdirSync(folder).filter((name) => !OF_OTHERS.test(name));
  rmSync(folder, { recursive: true, force: true });
  if (left.length === 0) return;
  console.error(`the tests must leave nothing in the temporary folder, they have left ${left.join(', ')}`);
  process.exitCode = 1;
}
