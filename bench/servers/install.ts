import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Recipe } from './recipe';

const PROGRAMS = join(__dirname, 'programs');

/** Installs what recipes need into a folder: one environment for Python, one `node_modules` for each server of Node.js, one build for Go, Rust and Java. */
export function install(recipes: readonly Recipe[], folder: string): void {
  mkdirSync(join(folder, 'www'), { recursive: true });
  for (const name of ['index.html', 'health', 'slow']) writeFileSync(join(folder, 'www', name), 'ok');
  for (const family of ['python', 'node', 'go', 'rust', 'java', 'ruby', 'web'])
    cpSync(join(PROGRAMS, family), join(folder, family), { recursive: true });
  for (const [environment, packages] of pythonEnvironments(recipes)) installPip(packages, join(folder, environment));
  requireDebian([...new Set(recipes.flatMap(({ installation }) => (installation.kind === 'debian' ? installation.packages : [])))]);
  for (const recipe of recipes) installOne(recipe, folder);
}

/** The packages of each environment of Python, by its folder. */
function pythonEnvironments(recipes: readonly Recipe[]): ReadonlyMap<string, readonly string[]> {
  const environments = new Map<string, string[]>();
  for (const { installation } of recipes) {
    if (installation.kind !== 'pip') continue;
    const folder = installation.environment === undefined ? 'venv' : `venv-${installation.environment}`;
    environments.set(folder, [...(environments.get(folder) ?? []), ...installation.packages]);
  }
  return environments;
}

function installPip(packages: readonly string[], environment: string): void {
  if (!existsSync(environment)) run('python3', ['-m', 'venv', environment], dirname(environment));
  run(
    join(environment, 'bin/pip'),
    ['install', '-q', '--disable-pip-version-check', '--upgrade', ...new Set(packages)],
    dirname(environment),
  );
}

/** Packages of the system are not installed here: that needs root. */
function requireDebian(packages: readonly string[]): void {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length > 0) throw new Error(`install first: apt-get install --no-install-recommends ${missing.join(' ')}`);
}

function isInstalled(name: string): boolean {
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a format of dpkg.
    return execFileSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes(
      'ok installed',
    );
  } catch {
    return false;
  }
}

function installOne({ name, installation }: Recipe, folder: string): void {
  if (installation.kind === 'npm') installNpm(name, installation.packages, folder);
  if (installation.kind === 'go') {
    const go = join(folder, 'go');
    if (!existsSync(join(go, 'go.mod'))) run('go', ['mod', 'init', 'servers'], go);
    if (!existsSync(join(go, 'go.sum'))) run('go', ['mod', 'tidy'], go);
    run('go', ['build', '-o', `bin/${installation.target}`, `./${installation.target}`], go);
    if (installation.target === 'nethttp') run('go', ['build', '-o', 'bin/shutdown', './shutdown'], go);
  }
  if (installation.kind === 'debian' && installation.build !== undefined)
    run(installation.build[0]!, installation.build.slice(1), join(folder, 'web'));
  if (installation.kind === 'cargo') run('cargo', ['build', '-q', '--bin', installation.target], join(folder, 'rust'));
  if (installation.kind === 'maven') installMaven(installation.target, join(folder, 'java'));
}

/** In a folder of its own, as a service has: its `package.json` names what it depends on. */
function installNpm(name: string, packages: readonly string[], folder: string): void {
  const own = join(folder, 'node', name);
  mkdirSync(own, { recursive: true });
  if (packages.length === 0) return;
  if (!existsSync(join(own, 'package.json'))) writeFileSync(join(own, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...packages.map(withVersion)], own);
  // these two fetch their program in a script of their own.
  for (const script of ['node_modules/bun/install.js', 'node_modules/deno/install.cjs'])
    if (existsSync(join(own, script))) run('node', [script], own);
}

/** The newest version of a package, if none is named. */
function withVersion(name: string): string {
  return name.lastIndexOf('@') > 0 ? name : `${name}@latest`;
}

function installMaven(target: string, folder: string): void {
  if (target === 'jdk') {
    run('javac', ['-d', 'jdk', 'jdk.java'], folder);
    return;
  }
  if (existsSync(join(folder, `${target}.jar`))) return;
  run('mvn', ['-q', '-B', '-P', target, '-DskipTests', 'clean', 'package'], folder);
  cpSync(join(folder, 'target', `app-${target}-1.jar`), join(folder, `${target}.jar`));
}

function run(program: string, words: readonly string[], cwd: string): void {
  execFileSync(program, words, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
