import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../rehearsal/eventually';

const PROGRAM = join(__dirname, 'programs', 'shows-a-rehearsal.ts');
const ROOT = join(__dirname, '..', '..', '..');

/** What takes the terminal over, and what gives it back. */
export const ENTERED = '\x1b[?1049h';
export const LEFT = '\x1b[?7h\x1b[?25h\x1b[?1049l';

/** Whether there is the program of util-linux that runs another in a terminal; other systems have one of the same name that differs. */
export function canOpenTerminals(): boolean {
  return spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') === true;
}

/** A program in a terminal of its own, which shows a rehearsal; after it the terminal says how it is set. */
export class Terminal {
  public screen = '';
  private readonly folder = mkdtempSync(join(tmpdir(), 'live-view-'));
  private readonly child: ChildProcess;
  private readonly closed: Promise<void>;

  public constructor(ending = '') {
    // a process in between, as npx is one: it stops and goes on with the program.
    const program = `sh -c '${process.execPath} --import tsx ${PROGRAM} ${this.toldFile} ${ending}; exit $?'`;
    // a shell that takes up again what was suspended, and says in between how the terminal is set.
    const resumed = `while [ $code = 148 ]; do echo suspended; stty -a; fg %1 >/dev/null; code=$?; done`;
    const line = `trap 'stty -a' EXIT; stty cols 100 rows 30; ${program};  code=$?; ${resumed}; echo "exit code $code"`;
    const environment = { ...process.env, TERM: 'xterm', LANG: 'C.UTF-8', SHELL: '/bin/bash' };
    this.child = spawn('script', ['-qec', `set -m; ${line}`, '/dev/null'], { cwd: ROOT, env: environment });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.screen += text;
    });
    this.closed = new Promise((resolve) => this.child.on('close', () => resolve()));
  }

  public async shows(text: string): Promise<void> {
    await eventually(() => this.screen).toContain(text);
  }

  public press(keys: string): void {
    this.child.stdin?.write(keys);
  }

  /** What the program was told, line by line. */
  public get told(): string[] {
    try {
      return readFileSync(this.toldFile, 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  }

  public async processId(): Promise<number> {
    await eventually(() => this.screen).toMatch(/process \d+/);
    return Number(/process (\d+)/.exec(this.screen)?.[1]);
  }

  /** Waits until the program and its shell have ended. */
  public async ended(): Promise<void> {
    await this.closed;
  }

  public remove(): void {
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get toldFile(): string {
    return join(this.folder, 'told');
  }
}
