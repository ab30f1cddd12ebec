import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** The bundle under test. It is built here only when it is missing: whoever changes the sources builds it again. */
export const SERVER = `${FOLDER}dist/server.mjs`;

interface LogLine {
  readonly msg: string;
  readonly port?: number;
}

/** A busy machine delays the event loop of a test that is not about overload. */
const NEVER_OVERLOADED_MILLISECONDS = '60000';

/** The bundled service as a process of its own, killed with the test that started it. */
export class RunningService {
  readonly lines: LogLine[] = [];
  readonly errorOutput: Promise<string>;

  /** The exit code, once everything the process wrote has been read. */
  readonly exitCode: Promise<number | null>;

  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly heard = new EventEmitter();

  constructor(environment: Record<string, string>, server = SERVER) {
    if (!existsSync(server)) execFileSync(process.execPath, ['build.mjs'], { cwd: FOLDER });
    const env = {
      HOST: '127.0.0.1',
      PORT: '0',
      CATALOGUE_SIZE: '1000',
      MAX_EVENT_LOOP_DELAY_MS: NEVER_OVERLOADED_MILLISECONDS,
      ...environment,
    };
    this.child = spawn(process.execPath, [server], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void this.child.kill('SIGKILL'));
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.lines.push(JSON.parse(line));
      this.heard.emit('line');
    });
    this.errorOutput = text(this.child.stderr);
    this.exitCode = once(this.child, 'close').then(([code]) => code);
  }

  /** Waits until the log holds a message. */
  async said(message: string): Promise<LogLine> {
    const found = this.lines.find((line) => line.msg === message);
    if (found) return found;
    await Promise.race([once(this.heard, 'line'), this.exitCode.then(() => this.failed(`it exited without saying '${message}'`))]);
    return this.said(message);
  }

  async port(): Promise<number> {
    return (await this.said('Ready')).port!;
  }

  async fetch(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${await this.port()}${path}`);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  private async failed(what: string): Promise<never> {
    throw new Error(`${what}: ${await this.errorOutput}`);
  }
}
