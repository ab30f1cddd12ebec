import type { Router } from './router';
import type { Target } from './target';

/**
 * Chooses the target of each request among those that may serve.
 *
 * Where no target is healthy but some are known to fail, all of them get
 * requests: the health check may be what is wrong, and an answer is worth a
 * try. Targets that are merely new get none.
 */
export class Rotation {
  private isServing = false;

  public constructor(private readonly router: Router) {}

  /** Sees anew which of the registered targets may serve. */
  public update(registered: readonly Target[]): void {
    const healthy = registered.filter((target) => target.state === 'healthy');
    const failsOpen = healthy.length === 0 && registered.some((target) => target.isFailing);
    const serving = failsOpen ? registered : healthy;
    this.isServing = serving.length > 0;
    if (this.isServing) this.router.update(serving);
  }

  /** The target of the next request; undefined where none may serve. */
  public next(): Target | undefined {
    return this.isServing ? this.router.next() : undefined;
  }
}
