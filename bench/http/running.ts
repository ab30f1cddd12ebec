import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { freePort, waitUntilListening } from '../../rehearsal/task-runtime/process/ports';

/** `/proc` counts CPU in ticks of this many seconds. */
const TICK_SECONDS = 0.01;
const START_LIMIT_MILLIS = 10_000;

/** A program that listens on a port, in a separate process. */
export class Running {
  private constructor(
    private readonly child: ChildProcess,
    public readonly port: number,
  ) {}

  /** @param commandOf the command for a port to listen on. */
  public static async start(commandOf: (port: number) => readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Running> {
    const port = await freePort();
    const [file, ...rest] = commandOf(port);
    const child = spawn(file!, rest, {
      env: { ...process.env, ...environment, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await waitUntilListening(port, AbortSignal.timeout(START_LIMIT_MILLIS));
    return new Running(child, port);
  }

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Seconds of CPU that the process has used. */
  public get cpuSeconds(): number {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_SECONDS;
  }

  public async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

/** Whether a command is installed. */
export function has(command: string): boolean {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A benchmark needs the CPU counters of the kernel. */
export function refuseWithoutProc(): void {
  if (!existsSync('/proc/self/stat')) throw new Error('this benchmark reads CPU from /proc, and there is none');
}

const isPinned = has('taskset') && availableParallelism() > 1;

/** The prefix that pins a command to one core, where the machine has it. */
export function onCore(core: 0 | 1): readonly string[] {
  return isPinned ? ['taskset', '-c', String(core)] : [];
}

/** The median. */
export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
