import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidInput } from '../src/plan/invalid-input';

/** The lines of a failed app that are shown. */
const LINES_OF_FAILURE = 20;

/** A folder with what an app has synthesized. */
export interface CloudAssembly {
  readonly folder: string;
  /** Deletes the folder. */
  readonly remove: () => void;
}

/**
 * Synthesizes a CDK app as the CDK's own command does: runs it with the folder
 * to write to, and the context of `cdk.json` and `cdk.context.json`, in its environment.
 */
export async function synthesize(app: string): Promise<CloudAssembly> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk.out-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const result = await run(app, { CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(context()) });
    if (result.code !== 0) throw new InvalidInput([`--app must synthesize, got exit code ${result.code} from '${app}':\n${result.output}`]);
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
  return typeof app === 'string' ? app : undefined;
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

function run(command: string, environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => lines.push(text));
    }
    child.on('close', (code) => resolve({ code, output: lines.join('').trimEnd().split('\n').slice(-LINES_OF_FAILURE).join('\n') }));
  });
}
