import type { Router } from './router';
import type { Target } from './target';
import { TargetGroups } from './target-groups';

/**
 * Chooses the target of each request among those that may serve.
 *
 * Where no target is healthy but some are known to fail, all of them get
 * requests: the health check may be what is wrong, and an answer is worth a
 * try. Targets that are merely new get none, and neither do those without a share
 * of the traffic.
 */
export class Rotation {
  private isServing = false;
  private readonly groups: TargetGroups;

  /** @param newRouter makes what chooses among targets that have the same share of the traffic. */
  public constructor(newRouter: () => Router) {
    this.groups = new TargetGroups(newRouter);
  }

  /** Sees anew which of the registered targets may serve. */
  public update(registered: readonly Target[]): void {
    const receiving = registered.filter((target) => target.trafficShare > 0);
    const healthy = receiving.filter((target) => target.state === 'healthy');
    const failsOpen = healthy.length === 0 && receiving.some((target) => target.isFailing);
    const serving = failsOpen ? receiving : healthy;
    this.isServing = serving.length > 0;
    if (this.isServing) this.groups.update(serving);
  }

  /**
   * The target of the next request; undefined where none may serve.
   *
   * @param bound the target that the client is bound to. It is taken where it may serve.
   */
  public next(bound?: Target): Target | undefined {
    return this.isServing ? this.groups.next(bound) : undefined;
  }
}
