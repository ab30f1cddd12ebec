import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const PREFIX = 'tests-of-scaling-';

/** A folder that one of our programs or tests has made: words, and what makes it unique. */
const OURS = /^[a-z]+(-[a-z]+)*-(\d+-\d+-\d+(-\w{6})?|\w{6})$/;

/** What looks the same and belongs to programs of others: they keep what they have compiled. */
const OF_OTHERS = /^(tsx|node|npm|jsii|v8|yarn|pip|go|podman|libpod|buildah|storage|containers?)-/;

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
  const left = readdirSync(folder).filter((name) => OURS.test(name) && !OF_OTHERS.test(name));
  rmSync(folder, { recursive: true, force: true });
  if (left.length === 0) return;
  console.error(`the tests must leave nothing in the temporary folder, they have left ${left.join(', ')}`);
  process.exitCode = 1;
}
