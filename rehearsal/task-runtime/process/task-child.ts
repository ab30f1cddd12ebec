import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A child process whose output is read and whose input is empty. */
export type TaskChild = ChildProcessByStdio<null, Readable, Readable>;

const MAX_LINES = 20;

/** The output that is kept: more than the last lines usually have. */
const MAX_CHARACTERS = 8192;

/** The output that is kept until it is taken. */
const MAX_NEW_CHARACTERS = 262_144;

/** The last lines of a task's output, in the order of their arrival. */
export class LastOutput {
  private latestText = '';
  private hasChanged = false;
  /** What was written since the last call of `takeNew`. */
  private newText = '';

  public get text(): string {
    return this.latestText.trimEnd().split('\n').slice(-MAX_LINES).join('\n');
  }

  /** Records what a stream emits from now on. */
  public recordStream(stream: Readable): void {
    stream.setEncoding('utf8').on('data', (text: string) => this.append(text));
  }

  public append(text: string): void {
    this.latestText = (this.latestText + text).slice(-MAX_CHARACTERS);
    this.hasChanged = true;
    this.newText = this.newText.length + text.length > MAX_NEW_CHARACTERS ? this.newText : this.newText + text;
  }

  /** Returns what was written since the last call; of very much only the beginning. */
  public takeNew(): string | undefined {
    const { newText } = this;
    this.newText = '';
    return newText === '' ? undefined : newText;
  }

  /** Returns the text if it has changed since the last call. */
  public takeChange(): string | undefined {
    if (!this.hasChanged) return undefined;
    this.hasChanged = false;
    return this.text;
  }
}

/** A program for Node that allocates 16 MiB at a time, up to 1.6 GiB a second if it gets the CPU for it, and writes to every page. */
export const ALLOCATE_MEMORY_SCRIPT = 'const buffers = []; setInterval(() => buffers.push(Buffer.alloc(16 * 2 ** 20, 1)), 10)';

/** Starts a process that allocates memory until something kills it. */
export function spawnMemoryAllocator(): TaskChild {
  return spawn(process.execPath, ['-e', ALLOCATE_MEMORY_SCRIPT], { detached: true, env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
}
