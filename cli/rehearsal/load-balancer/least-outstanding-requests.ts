import type { Router } from './router';
import type { Target } from './target';

/** The target with the fewest requests that wait for their answers; in turn where several have as few. */
export class LeastOutstandingRequests implements Router {
  private serving: readonly Target[] = [];
  private turn = 0;

  public update(serving: readonly Target[]): void {
    this.serving = serving;
  }

  public next(): Target {
    const { serving } = this;
    this.turn = (this.turn + 1) % serving.length;
    let least = serving[this.turn]!;
    for (let step = 1; step < serving.length; step += 1) {
      const target = serving[(this.turn + step) % serving.length]!;
      if (target.connections.busyCount < least.connections.busyCount) least = target;
    }
    return least;
  }
}
