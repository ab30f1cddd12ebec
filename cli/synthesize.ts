import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidInput } from '../src/plan/invalid-input';
import { signalGroup } from './rehearsal/tasks/process-group';

/** The lines of a failed app that are shown. */
const LINES_OF_FAILURE = 20;

/** Characters of an app's output that are kept to take those lines from. */
const MOST_OUTPUT = 20_000;

/** A folder with what an app has synthesized. */
export interface CloudAssembly {
  readonly folder: string;
  /** Deletes the folder. */
  readonly remove: () => void;
}

/**
 * Synthesizes a CDK app as the CDK's own command does: runs it with the folder
 * to write to, and the context of `cdk.json` and `cdk.context.json`, in its environment.
 *
 * @param interrupted rejects when the app shall be ended before it is done.
 */
export async function synthesize(app: string, interrupted: Promise<never>): Promise<CloudAssembly> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk.out-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const result = await run(app, { CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context()) }, interrupted);
    if (result.code !== 0) throw new InvalidInput([failureOf(app, result)]);
    if (!existsSync(join(folder, 'manifest.json'))) {
      throw new InvalidInput([`--app must be the command of a CDK app, such as 'npx tsx app.ts', got no stacks from '${app}'`]);
    }
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The command of the app in the `cdk.json` of the current folder, if there is one. */
export function appOfCdkJson(): string | undefined {
  const app = readJson('cdk.json')['app'];
  if (app !== undefined && typeof app !== 'string')
    throw new InvalidInput([`app in cdk.json must be a command, got ${JSON.stringify(app)}`]);
  return app;
}

function context(): Record<string, unknown> {
  return { ...(readJson('cdk.json')['context'] as object | undefined), ...readJson('cdk.context.json') };
}

function readJson(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new InvalidInput([`${file} must be JSON, got ${(error as Error).message}`]);
  }
}

interface AppEnd {
  readonly code: number | null;
  /** How it ended, in words. */
  readonly how: string;
  readonly output: string;
}

function failureOf(app: string, { how, output }: AppEnd): string {
  const said = output === '' ? ', which wrote nothing: see what it does when it is run by itself' : `:\n${output}`;
  return `--app must synthesize, got ${how} from '${app}'${said}`;
}

async function run(command: string, environment: Record<string, string>, interrupted: Promise<never>): Promise<AppEnd> {
  // a process group of its own, so that what the shell has started ends with it.
  const child = spawn(command, { shell: true, detached: true, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-MOST_OUTPUT);
    });
  }
  const ended = once(child, 'close').then(
    ([code, signal]) => ({ code, how: signal ?? `exit code ${code}`, output: lastLines(output) }) as AppEnd,
  );
  try {
    return await Promise.race([ended, interrupted]);
  } finally {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  }
}

function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-LINES_OF_FAILURE).join('\n');
}
