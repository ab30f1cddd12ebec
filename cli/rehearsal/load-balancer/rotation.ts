import type { Target } from './target';

/**
 * Chooses the target of each request: every target that may serve, in turn.
 *
 * Where no target is healthy but some are known to fail, all of them get
 * requests: the health check may be what is wrong, and an answer is worth a
 * try. Targets that are merely new get none.
 */
export class Rotation {
  private serving: readonly Target[] = [];
  private turn = 0;

  /** Sees anew which of the registered targets may serve. */
  public update(registered: readonly Target[]): void {
    const healthy = registered.filter((target) => target.state === 'healthy');
    const failsOpen = healthy.length === 0 && registered.some((target) => target.isFailing);
    this.serving = failsOpen ? registered : healthy;
  }

  /** The target of the next request; undefined where none may serve. */
  public next(): Target | undefined {
    this.turn = (this.turn + 1) % Math.max(1, this.serving.length);
    return this.serving[this.turn];
  }
}
