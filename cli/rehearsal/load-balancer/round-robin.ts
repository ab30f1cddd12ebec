import type { Router } from './router';
import type { SlowStart } from './slow-start';
import type { Target } from './target';

/** Every target in turn; one that starts slowly is left out of so many turns that it gets its share. */
export class RoundRobin implements Router {
  private serving: readonly Target[] = [];
  private turn = 0;
  /** What each target is owed, in requests. */
  private readonly owed = new Map<Target, number>();

  public constructor(private readonly slowStart: SlowStart) {}

  public update(serving: readonly Target[]): void {
    this.serving = serving;
    this.slowStart.update(serving);
    for (const target of this.owed.keys()) if (!serving.includes(target)) this.owed.delete(target);
  }

  public next(): Target {
    return this.slowStart.isOver ? this.nextInTurn() : this.nextByShare();
  }

  private nextInTurn(): Target {
    this.turn = (this.turn + 1) % this.serving.length;
    return this.serving[this.turn]!;
  }

  /** Who is owed most. Each request owes every target its share, and is paid by one of them. */
  private nextByShare(): Target {
    let total = 0;
    let most = this.serving[0]!;
    for (const target of this.serving) {
      const share = this.slowStart.shareOf(target);
      total += share;
      this.owed.set(target, this.owedTo(target) + share);
      if (this.owedTo(target) > this.owedTo(most)) most = target;
    }
    this.owed.set(most, this.owedTo(most) - total);
    return most;
  }

  private owedTo(target: Target): number {
    return this.owed.get(target) ?? 0;
  }
}
