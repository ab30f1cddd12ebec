import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FolderGuard } from '../../rehearsal/task-runtime/process/folder-guard';
import { createOwnedFolder, removeOwnedFolder } from '../../rehearsal/task-runtime/process/owned-folder';
import { signalGroup } from '../../rehearsal/task-runtime/process/process-group';
import { InputError } from '../../src/parse/input-error';

/** The last lines of the output of a failed app that are printed. */
const MAX_FAILURE_LINES = 20;

/** How much of the output of an app is stored: its last characters. */
const MAX_OUTPUT_CHARACTERS = 20_000;

/** A cloud assembly: the directory that an app was synthesized to. */
export interface CloudAssembly {
  readonly folder: string;
  /** Deletes the directory. */
  readonly dispose: () => void;
}

/**
 * Synthesizes a CDK app as the `cdk` command does: runs it with the output folder
 * and the context of `cdk.json` and `cdk.context.json` in its environment.
 *
 * @param interrupted rejects when the user presses Ctrl-C, which ends the app.
 * @param appFolder the folder with `cdk.json`, in which the app runs.
 * @throws InputError if the app fails or has no stacks.
 */
export async function synthesize(app: string, interrupted: Promise<never>, appFolder = '.'): Promise<CloudAssembly> {
  const folder = createOwnedFolder();
  const guard = new FolderGuard(folder);
  const dispose = (): void => {
    removeOwnedFolder(folder);
    guard.end();
  };
  try {
    const environment = { CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(cdkContext(appFolder)) };
    const result = await runApp(app, { environment, interrupted, cwd: appFolder, guard });
    if (result.code !== 0) throw new InputError([formatAppFailure(app, result)]);
    if (!existsSync(join(folder, 'manifest.json'))) {
      throw new InputError([`--app must be the command of a CDK app, such as 'npx tsx app.ts', got no stacks from '${app}'`]);
    }
    return { folder, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/**
 * The cloud assembly of an app: that of its command, of the command in `cdk.json`, or a folder such as `cdk.out`, which is not synthesized again.
 *
 * @throws InputError if there is no app.
 */
export async function synthesizedFolder(
  app: string | undefined,
  interrupted: Promise<never>,
  { example = "--app 'npx tsx app.ts'", folder = '.' } = {},
): Promise<CloudAssembly> {
  if (app?.trim() === '') throw new InputError([`--app must be the command of a CDK app, such as 'npx tsx app.ts', got ''`]);
  const command = app ?? appFromCdkJson(folder);
  if (command?.trim() === '') throw new InputError([`app in cdk.json must be the command of a CDK app, such as 'npx tsx app.ts', got ''`]);
  if (command === undefined) {
    throw new InputError([`a template must be given with --template or --app, got none and no cdk.json here: try ${example}`]);
  }
  const assembly = resolve(folder, command);
  if (existsSync(join(assembly, 'manifest.json'))) return { folder: folder === '.' ? command : assembly, dispose: () => {} };
  return synthesize(command, interrupted, folder);
}

/** The `app` of `cdk.json` in a folder, by default the current one, if there is one. */
export function appFromCdkJson(folder = '.'): string | undefined {
  const app = readJson(join(folder, 'cdk.json'))['app'];
  if (app !== undefined && typeof app !== 'string') throw new InputError([`app in cdk.json must be a string, got ${JSON.stringify(app)}`]);
  return app;
}

function cdkContext(folder: string): Record<string, unknown> {
  return { ...(readJson(join(folder, 'cdk.json'))['context'] as object | undefined), ...readJson(join(folder, 'cdk.context.json')) };
}

function readJson(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new InputError([`${file} is not valid JSON: ${(error as Error).message}`]);
  }
}

/** How an app runs: with its environment, until it exits or the user presses Ctrl-C. */
interface AppRun {
  readonly environment: Readonly<Record<string, string>>;
  readonly interrupted: Promise<never>;
  readonly cwd: string;
  /** Ends it if this command is killed. */
  readonly guard: FolderGuard;
}

interface AppResult {
  readonly code: number | null;
  /** How it exited, such as `exit code 1` or `SIGKILL`. */
  readonly exitText: string;
  readonly output: string;
}

function formatAppFailure(app: string, { exitText, output }: AppResult): string {
  const details = output === '' ? ', without output: run it by itself to see why' : `:\n${output}`;
  return `--app failed: ${exitText} from '${app}'${details}`;
}

async function runApp(command: string, { environment, interrupted, cwd, guard }: AppRun): Promise<AppResult> {
  const env = { ...process.env, ...environment };
  // a separate process group, so that the processes that the shell starts are ended with it.
  const child = spawn(command, { cwd, shell: true, detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) guard.watch(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-MAX_OUTPUT_CHARACTERS);
    });
  }
  const exited = once(child, 'close').then(
    ([code, signal]) => ({ code, exitText: signal ?? `exit code ${code}`, output: lastLines(output) }) as AppResult,
  );
  try {
    return await Promise.race([exited, interrupted]);
  } finally {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    guard.forget();
  }
}

/** The last lines that say why: without the frames of a stack trace that are not of the app, which come after its message. */
function lastLines(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !FOREIGN_LINE.test(line));
  return lines.slice(-MAX_FAILURE_LINES).join('\n');
}

/** A frame in Node or in a package, the mark below the line that threw, and the version that Node prints last. */
const FOREIGN_LINE = /^\s+at .*(?:node:|node_modules)|^\s*\^+\s*$|^Node\.js v/;
