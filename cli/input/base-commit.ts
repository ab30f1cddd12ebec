import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { signalGroup } from '../../rehearsal/task-runtime/process/process-group';
import { InputError } from '../../src/parse/input-error';

/** What says which packages of npm, Yarn or pnpm a folder has. */
const PACKAGE_FILES = ['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml'];

/** How packages are installed, by the file that says which. The first that a folder has decides. */
const INSTALL_COMMANDS: readonly (readonly [string, string])[] = [
  ['pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
  ['yarn.lock', 'yarn install'],
  ['package-lock.json', 'npm ci'],
  ['npm-shrinkwrap.json', 'npm ci'],
  ['package.json', 'npm install'],
];

/** How much of the output of git is read. */
const MAX_OUTPUT_BYTES = 2 ** 20;

/** The files of a commit of this repository, beside those that are here. */
export interface BaseCommit {
  /** Its hash, as short as git prints it. */
  readonly hash: string;
  /** The current folder as of the commit; it does not exist if the commit does not have it. */
  readonly folder: string;
  /** Deletes the files. */
  readonly dispose: () => Promise<void>;
}

/**
 * Checks out the commit from which the current state branched off, into a folder of its own, with the packages that its app needs.
 *
 * Packages are those of the current state where both have the same lock files, no workspaces and no packages of a path such as
 * `file:../shared`, and are installed otherwise.
 *
 * @param base the branch or commit to merge into, such as `origin/main`.
 * @param install the command that installs packages; by default that of npm, Yarn or pnpm.
 * @param interrupted rejects when the user presses Ctrl-C.
 * @throws InputError if this is no git repository, or has no such commit.
 */
export async function checkOutBase(base: string, install: string | undefined, interrupted: Promise<never>): Promise<BaseCommit> {
  const root = await git('.', 'rev-parse', '--show-toplevel');
  if (root === undefined) throw new InputError(['--base needs a git repository, and the current folder is in none: use --base-template']);
  const commit = await branchPoint(base);
  const place = mkdtempSync(join(tmpdir(), 'base-commit-'));
  const links: string[] = [];
  const dispose = async (): Promise<void> => {
    // first, so that nothing deletes what they lead to.
    for (const link of links) unlinkSync(link);
    await git('.', 'worktree', 'remove', '--force', place);
    rmSync(place, { recursive: true, force: true });
  };
  try {
    if ((await git('.', 'worktree', 'add', '--quiet', '--force', '--detach', place, commit)) === undefined) {
      throw new InputError([`--base must be a commit whose files git can check out, got '${base}'`]);
    }
    const path = (await git('.', 'rev-parse', '--show-prefix')) ?? '';
    await providePackages({ root, place, path, install, links }, interrupted);
    return { hash: (await git('.', 'rev-parse', '--short', commit)) ?? commit, folder: join(place, path), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Where packages are needed, and the links to them that are made. */
interface Packages {
  readonly root: string;
  readonly place: string;
  readonly path: string;
  readonly install: string | undefined;
  readonly links: string[];
}

/** Packages of a workspace and those of a path are installed: here they lead to folders of the repository as they are here. */
async function providePackages({ root, place, path, install, links }: Packages, interrupted: Promise<never>): Promise<void> {
  let isInWorkspace = false;
  for (const folder of foldersAbove(path)) {
    const [here, there] = [join(root, folder), join(place, folder)];
    // the installation at the root of a workspace is that of all its folders.
    const isMember = isInWorkspace && !hasLockFile(there);
    const isWorkspaceRoot = hasWorkspaces(here) || hasWorkspaces(there);
    isInWorkspace ||= isWorkspaceRoot;
    if (isMember || !hasPackages(here) || !existsSync(there) || hasPackages(there)) continue;
    const canLink = !isWorkspaceRoot && !hasLocalPackages(here) && haveSamePackages(here, there);
    if (canLink) links.push(linkPackages(here, there));
    else await installPackages(there, install, interrupted);
  }
}

/** The newest commit that is both in the base and in the current state: what the base has got since is no change of this state. */
async function branchPoint(base: string): Promise<string> {
  const commit = base.startsWith('-') ? undefined : await git('.', 'rev-parse', '--verify', '--quiet', `${base}^{commit}`);
  if (commit === undefined) {
    throw new InputError([
      `--base must be a commit that is in this clone, got '${base}': fetch it first, in GitHub Actions with 'fetch-depth: 0' of actions/checkout`,
    ]);
  }
  return (await git('.', 'merge-base', commit, 'HEAD')) ?? commit;
}

/** The root of the repository and each folder on the way to the current one, as paths from the root. */
function foldersAbove(path: string): string[] {
  const names = path.split(/[\\/]/).filter((name) => name !== '');
  return ['', ...names.map((_, index) => join(...names.slice(0, index + 1)))];
}

function hasPackages(folder: string): boolean {
  return existsSync(join(folder, 'node_modules'));
}

function hasLockFile(folder: string): boolean {
  return PACKAGE_FILES.some((file) => file !== 'package.json' && existsSync(join(folder, file)));
}

/** Whether a folder is the root of a workspace of npm, Yarn or pnpm. */
function hasWorkspaces(folder: string): boolean {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return true;
  try {
    return 'workspaces' in JSON.parse(textOf(join(folder, 'package.json')) ?? '{}');
  } catch {
    // what cannot be read is for the package manager to refuse.
    return false;
  }
}

/** The path of a folder, in the words of npm, Yarn and pnpm. An archive is unpacked, and its content is in the lock file. */
const LOCAL_FOLDER = /^(?:(?:file|link|portal):|\.{1,2}\/|\/|~\/)(?!.*\.(?:tgz|tar|tar\.gz)$)/;

/** Whether a folder has packages of a path: npm links them, so they are folders of the repository too. */
function hasLocalPackages(folder: string): boolean {
  try {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(textOf(join(folder, 'package.json')) ?? '{}');
    const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
    return versions.some((version) => typeof version === 'string' && LOCAL_FOLDER.test(version));
  } catch {
    return false;
  }
}

function haveSamePackages(here: string, there: string): boolean {
  return PACKAGE_FILES.every((file) => textOf(join(here, file)) === textOf(join(there, file)));
}

/** Returns the link. */
function linkPackages(here: string, there: string): string {
  const link = join(there, 'node_modules');
  symlinkSync(join(here, 'node_modules'), link, 'junction');
  return link;
}

async function installPackages(folder: string, install: string | undefined, interrupted: Promise<never>): Promise<void> {
  const command = install ?? INSTALL_COMMANDS.find(([file]) => existsSync(join(folder, file)))?.[1];
  if (command !== undefined) await runInstall(command, folder, interrupted);
}

async function runInstall(command: string, cwd: string, interrupted: Promise<never>): Promise<void> {
  const child = spawn(command, { cwd, shell: true, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-2000);
  });
  const ended = once(child, 'close');
  try {
    const [exitCode] = await Promise.race([ended, interrupted]);
    if (exitCode !== 0) {
      throw new BaseError(`'${command}' in its files ended with exit code ${exitCode}: ${output.trim().split('\n').slice(-3).join(' ')}`);
    }
  } finally {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  }
}

/** The base is there, and cannot be compared with: no fault of the change that is looked at. */
export class BaseError extends Error {}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What git prints; undefined if it fails. */
async function git(cwd: string, ...args: string[]): Promise<string | undefined> {
  try {
    return (await promisify(execFile)('git', args, { cwd, maxBuffer: MAX_OUTPUT_BYTES })).stdout.trim();
  } catch {
    return undefined;
  }
}
