import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = 'scalablestatelessservice';

export const needs = ['go'];

/** A module proxy need not have every version of the CDK; where it has not, there is nothing to compile against. */
export function missingFrom(workplace) {
  const generated = goModule(workplace);
  return modulesOf(generated).find((module) => spawnSync('go', ['mod', 'download', module], { cwd: generated }).status !== 0);
}

/** The generated module in place of the published one, as a project does that tries a version before it is out. */
export function writeService(workplace) {
  const [app, generated] = [workplace.app(), goModule(workplace)];
  const [, module] = readFileSync(join(generated, 'go.mod'), 'utf8').match(/^module (\S+)/);
  workplace.run(app, 'go', 'mod', 'edit', `-replace=${module}=${generated}`);
  workplace.run(app, 'go', 'mod', 'tidy');
  workplace.run(app, 'go', 'run', '.');
}

function goModule(workplace) {
  return join(workplace.generated(), PACKAGE);
}

/** What the generated module requires itself, as `path@version`. */
function modulesOf(generated) {
  const text = readFileSync(join(generated, 'go.mod'), 'utf8');
  return [...text.matchAll(/^\t(\S+) (v\S+)$/gm)].map(([, path, version]) => `${path}@${version}`);
}
