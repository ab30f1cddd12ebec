import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { eventually } from '../../rehearsal/eventually';

const PROGRAM = join(__dirname, 'programs', 'shows-a-rehearsal.ts');
const ROOT = join(__dirname, '..', '..', '..');

let bundled: string | undefined;

/** The program in one file, which is bundled once: to compile its sources takes longer than to run it. */
function bundledProgram(): string {
  const options = { bundle: true, platform: 'node', target: 'node20', write: false } as const;
  bundled ??= buildSync({ entryPoints: [PROGRAM], ...options }).outputFiles[0]!.text;
  return bundled;
}

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
    const file = join(this.folder, 'program.cjs');
    writeFileSync(file, bundledProgram());
    // a process in between, as npx is one.
    const program = `sh -c '${process.execPath} ${file} ${this.receivedFile} ${ending}; exit $?'`;
    const line = `trap 'stty -a' EXIT; stty cols 100 rows 30; ${program}; echo "exit code $?"`;
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

  /** What the program received, line by line. */
  public get received(): string[] {
    try {
      return readFileSync(this.receivedFile, 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  }

  public async processId(): Promise<number> {
    await eventually(() => this.screen).toMatch(/process \d+/);
    return Number(/process (\d+)/.exec(this.screen)?.[1]);
  }

  /** Lets the program be stopped by a signal, and waits until it is. */
  public async stopBy(signal: 'SIGTSTP' | 'SIGSTOP'): Promise<void> {
    const processId = await this.processId();
    process.kill(processId, signal);
    // the state is after the name, which can contain anything.
    await eventually(() => readFileSync(`/proc/${processId}/stat`, 'utf8')).toMatch(/\) T /);
  }

  public async goOn(): Promise<void> {
    process.kill(await this.processId(), 'SIGCONT');
  }

  /** Sets the terminal as a shell wants it, where it is asked to, and says how it is set. */
  public async settings(...wanted: readonly string[]): Promise<string> {
    const device = readlinkSync(`/proc/${await this.processId()}/fd/0`);
    spawnSync('stty', ['-F', device, ...wanted]);
    return spawnSync('stty', ['-F', device, '-a'], { encoding: 'utf8' }).stdout;
  }

  /** Waits until the program and its shell have ended. */
  public async ended(): Promise<void> {
    await this.closed;
  }

  public remove(): void {
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get receivedFile(): string {
    return join(this.folder, 'received');
  }
}
