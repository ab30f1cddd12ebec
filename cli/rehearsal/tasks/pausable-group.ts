import type { Time } from '../../../src/time/time';
import { signalGroup } from './process-group';

/** Who wants a task to stand still: its quota until the window ends, or a fault that freezes it. */
export type PauseReason = 'quota' | 'fault';

/** The processes of a task, which run as long as nobody has a reason to pause them. */
export class PausableGroup {
  /** The process that was started first; its number is that of its process group. */
  public readonly processId: number;
  private readonly all: number[];
  private readonly reasons = new Set<PauseReason>();
  private ranSeconds = 0;
  private resumedAtSeconds: number;

  public constructor(
    private readonly time: Time,
    processId: number,
  ) {
    this.processId = processId;
    this.all = [processId];
    this.resumedAtSeconds = time.nowSeconds;
  }

  /** Those who lead a process group each. */
  public get leaders(): readonly number[] {
    return this.all;
  }

  /** How long it has been running, pauses left out. */
  public get runningSeconds(): number {
    return this.ranSeconds + (this.isPaused ? 0 : this.time.nowSeconds - this.resumedAtSeconds);
  }

  /** Takes in a process that leads a group of its own. */
  public add(leader: number): void {
    this.all.push(leader);
    if (this.isPaused) signalGroup(leader, 'SIGSTOP');
  }

  public pause(reason: PauseReason): void {
    if (!this.isPaused) {
      this.ranSeconds = this.runningSeconds;
      this.signal('SIGSTOP');
    }
    this.reasons.add(reason);
  }

  public resume(reason: PauseReason): void {
    if (!this.reasons.delete(reason) || this.isPaused) return;
    this.resumedAtSeconds = this.time.nowSeconds;
    this.signal('SIGCONT');
  }

  private signal(signal: NodeJS.Signals): void {
    for (const leader of this.all) signalGroup(leader, signal);
  }

  private get isPaused(): boolean {
    return this.reasons.size > 0;
  }
}
