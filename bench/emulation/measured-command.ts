import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Usage, usageOf } from './process-usage';

const COMMAND = 'lib-cli/main.js';
const SAMPLE_MILLIS = 500;
const LIMIT_MILLIS = 300_000;

/** What the processes of a command use: the control plane of an emulation apart from all others. */
export interface CommandUsage {
  readonly own: Usage;
  readonly controlPlane: Usage;
}

/** The shipped command as a process of its own, and what it uses while it is measured. */
export class MeasuredCommand {
  private readonly child: ChildProcess;
  private text = '';
  private standardOutput = '';
  private first?: CommandUsage;
  private timer?: NodeJS.Timeout;
  private readonly mostMiB = { own: 0, controlPlane: 0 };

  public constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout!.setEncoding('utf8').on('data', (text: string) => this.add(text, text));
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => this.add(text, ''));
  }

  private add(text: string, standardOutput: string): void {
    this.text = `${this.text}${text}`;
    this.standardOutput = `${this.standardOutput}${standardOutput}`;
  }

  /** Waits until it has printed something. */
  public async printed(pattern: RegExp): Promise<RegExpExecArray> {
    const end = Date.now() + LIMIT_MILLIS;
    for (;;) {
      const found = pattern.exec(this.text);
      if (found !== null) return found;
      if (this.child.exitCode !== null || Date.now() > end) throw new Error(`the command did not print ${pattern}:\n${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  public startMeasuring(): void {
    this.first = this.read();
    this.timer = setInterval(() => this.read(), SAMPLE_MILLIS);
  }

  /** What it has used since the start, and its memory at most. */
  public stopMeasuring(): CommandUsage {
    clearInterval(this.timer);
    const last = this.read();
    const since = (part: 'own' | 'controlPlane'): Usage => ({
      cpuSeconds: last[part].cpuSeconds - this.first![part].cpuSeconds,
      residentMiB: this.mostMiB[part],
    });
    return { own: since('own'), controlPlane: since('controlPlane') };
  }

  /** What it has printed to its standard output when it has ended by itself. */
  public async ended(): Promise<string> {
    if (this.child.exitCode === null) await once(this.child, 'close');
    return this.standardOutput;
  }

  public async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGINT');
    await once(this.child, 'close');
  }

  private read(): CommandUsage {
    const isControlPlane = (command: string): boolean => /python/.test(command);
    const usage = {
      own: usageOf(this.child.pid!, (command) => !isControlPlane(command)),
      controlPlane: usageOf(this.child.pid!, isControlPlane),
    };
    this.mostMiB.own = Math.max(this.mostMiB.own, usage.own.residentMiB);
    this.mostMiB.controlPlane = Math.max(this.mostMiB.controlPlane, usage.controlPlane.residentMiB);
    return usage;
  }
}
