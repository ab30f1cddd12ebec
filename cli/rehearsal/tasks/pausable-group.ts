import type { Time } from '../../../src/time/time';
import { signalGroup } from './process-group';

/** Who wants a task to stand still: its quota until the window ends, or a fault that freezes it. */
export type PauseReason = 'quota' | 'fault';

/** The processes of a task, which run as long as nobody has a reason to pause them. */
export class PausableGroup {
  private readonly reasons = new Set<PauseReason>();
  private ranSeconds = 0;
  private resumedAtSeconds: number;

  public constructor(
    private readonly time: Time,
    public readonly processId: number,
  ) {
    this.resumedAtSeconds = time.nowSeconds;
  }

  /** How long it has been running, pauses left out. */
  public get runningSeconds(): number {
    return this.ranSeconds + (this.isPaused ? 0 : this.time.nowSeconds - this.resumedAtSeconds);
  }

  public pause(reason: PauseReason): void {
    if (!this.isPaused) {
      this.ranSeconds = this.runningSeconds;
      signalGroup(this.processId, 'SIGSTOP');
    }
    this.reasons.add(reason);
  }

  public resume(reason: PauseReason): void {
    if (!this.reasons.delete(reason) || this.isPaused) return;
    this.resumedAtSeconds = this.time.nowSeconds;
    signalGroup(this.processId, 'SIGCONT');
  }

  private get isPaused(): boolean {
    return this.reasons.size > 0;
  }
}
