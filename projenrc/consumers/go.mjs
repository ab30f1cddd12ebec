import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** The generated module in a module proxy that is a folder, and required from there as from the public one. */
export async function writeService(workplace) {
  const [app, generated] = [workplace.app(), join(workplace.generated(), 'scalablestatelessservice')];
  const [, module] = readFileSync(join(generated, 'go.mod'), 'utf8').match(/^module (\S+)/);
  await requireCdk(workplace, generated);
  const version = `v${workplace.version}`;
  const proxy = join(workplace.folder, 'proxy');
  publish(generated, module, version, proxy);
  // what is downloaded goes to the cache of modules, except ours, which must not stay for the next build.
  const cache = execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim();
  const others = execFileSync('go', ['env', 'GOPROXY'], { encoding: 'utf8' }).trim();
  // Go keeps an index of the files of a version, as they never change: those of this version do, from build to build.
  const environment = { GOPROXY: `file://${proxy},${others}`, GONOSUMDB: module, GOFLAGS: '-modcacherw -mod=mod', GODEBUG: 'goindex=0' };
  forget(cache, module, version);
  try {
    await workplace.runWith(environment, app, 'go', 'get', `${CDK}@v${workplace.cdkVersion}`, `${module}@${version}`);
    await workplace.runWith(environment, app, 'go', 'build', '-o', join(workplace.folder, 'shop'), '.');
    await workplace.run(app, join(workplace.folder, 'shop'));
  } finally {
    forget(cache, module, version);
  }
}

/** The files of a version as a module proxy has them: https://go.dev/ref/mod#goproxy-protocol */
function publish(generated, module, version, proxy) {
  const folder = join(proxy, module, '@v');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'list'), `${version}\n`);
  writeFileSync(join(folder, `${version}.info`), JSON.stringify({ Version: version, Time: '2026-01-01T00:00:00Z' }));
  copyFileSync(join(generated, 'go.mod'), join(folder, `${version}.mod`));
  // git writes the archive: every file below the name and the version of the module.
  const git = (...words) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], { cwd: generated, stdio: 'ignore' });
  git('init', '--quiet');
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message', version);
  git('archive', '--format=zip', `--prefix=${module}@${version}/`, '-o', join(folder, `${version}.zip`), 'HEAD');
}

function forget(cache, module, version) {
  for (const path of [join(cache, `${module}@${version}`), join(cache, 'cache/download', module)])
    spawnSync('sh', ['-c', 'chmod -R u+w "$1" 2>/dev/null; rm -rf "$1"', 'sh', path]);
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
