import { formatDuration } from '../parse/durations';
import type { Deployment } from '../plan/deployment-settings';
import type { OutcomeEventKind } from '../run/outcome';
import type { TaskClock } from './task-clock';

/** What the checkpoints of an instance refresh need, and what they report. */
export interface CheckpointParts {
  readonly taskClock: TaskClock;
  recordEvent(kind: OutcomeEventKind, description: string): void;
  /** Called when a checkpoint is over. */
  onContinue(): void;
}

/** The checkpoints of an instance refresh: once a share of the instances is replaced, it waits before it replaces others. */
export class RefreshCheckpoints {
  private revision: number | undefined;
  private passedCount = 0;
  private isWaiting = false;

  public constructor(private readonly parts: CheckpointParts) {}

  /** How many instances may be of the new revision now. */
  public limit(checkpoints: Deployment['checkpoints'], revision: number, desiredCount: number, newReadyCount: number): number {
    if (checkpoints === undefined) return desiredCount;
    if (revision !== this.revision) {
      this.revision = revision;
      this.passedCount = 0;
      this.isWaiting = false;
    }
    const percent = checkpoints.percents[this.passedCount] ?? 100;
    const limit = Math.min(desiredCount, Math.ceil((desiredCount * percent) / 100));
    if (limit < desiredCount && newReadyCount >= limit && !this.isWaiting) this.wait(checkpoints.delaySeconds, percent, revision);
    return limit;
  }

  private wait(seconds: number, percent: number, revision: number): void {
    this.isWaiting = true;
    this.parts.recordEvent('deployment-paused', `the instance refresh waits ${formatDuration(seconds)} at its checkpoint of ${percent} %`);
    this.parts.taskClock.after(seconds, () => {
      if (revision !== this.revision) return;
      this.isWaiting = false;
      this.passedCount += 1;
      this.parts.onContinue();
    });
  }
}
