import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const CDK = 'github.com/aws/aws-cdk-go/awscdk/v2';

export const needs = ['go'];

/** A module proxy need not have every version of the CDK; without a suitable one there is nothing to compile against. */
export function missingFrom(wanted) {
  return cdkVersion(wanted) === undefined ? `${CDK} of version ${wanted} or later` : undefined;
}

/** The oldest version that the module proxy has, from the required one on. */
export function cdkVersion(wanted) {
  const { stdout } = spawnSync('go', ['list', '-m', '-versions', CDK], { encoding: 'utf8', env: { ...process.env, GO111MODULE: 'on' } });
  const versions = (stdout ?? '').match(/\bv2\.\d+\.\d+\b/g) ?? [];
  return versions.map((version) => version.slice(1)).find((version) => minorOf(version) >= minorOf(wanted));
}

/** The generated module in place of the published one, as a project does that tries a version before it is out. */
export async function writeService(workplace) {
  const [app, generated] = [workplace.app(), join(workplace.generated(), 'scalablestatelessservice')];
  const [, module] = readFileSync(join(generated, 'go.mod'), 'utf8').match(/^module (\S+)/);
  await requireCdk(workplace, generated);
  await workplace.run(app, 'go', 'mod', 'edit', `-require=${CDK}@v${workplace.cdkVersion}`, `-replace=${module}=${generated}`);
  await workplace.run(app, 'go', 'mod', 'tidy');
  await workplace.run(app, 'go', 'vet', '.');
  await workplace.run(app, 'go', 'run', '.');
}

/** What the generated module requires indirectly follows from the CDK, and belongs to the version that it was generated beside. */
async function requireCdk(workplace, generated) {
  const text = readFileSync(join(generated, 'go.mod'), 'utf8');
  const indirect = [...text.matchAll(/^\t(\S+) v\S+ \/\/ indirect$/gm)].map(([, path]) => `-droprequire=${path}`);
  await workplace.run(generated, 'go', 'mod', 'edit', `-require=${CDK}@v${workplace.cdkVersion}`, ...indirect);
}

function minorOf(version) {
  return Number(version.split('.')[1]);
}
