import type { NotScaled } from './activity';

/** A decision that changed nothing, when it was made. */
type Held = Omit<NotScaled, 'startSeconds' | 'endSeconds'> & { readonly atSeconds: number };

/** Decisions that changed nothing. One that is made again in the next period makes the entry longer, not the list. */
export class NotScaledLog {
  public readonly entries: NotScaled[] = [];

  public constructor(private readonly periodSeconds: number) {}

  public note({ atSeconds, reason, currentCapacity, cause }: Held): void {
    const last = this.entries.at(-1);
    const isSame = last?.reason === reason && last.cause === cause && last.currentCapacity === currentCapacity;
    if (isSame && atSeconds - last.endSeconds <= 1.5 * this.periodSeconds) last.endSeconds = atSeconds;
    else this.entries.push({ startSeconds: atSeconds, endSeconds: atSeconds, reason, currentCapacity, cause });
  }
}
