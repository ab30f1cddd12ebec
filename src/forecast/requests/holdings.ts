import { AWS_DEFAULTS } from '../../plan/default-plan';
import type { ModelledTask } from '../tasks/modelled-task';
import { HeldRequests } from './held-requests';

/** What the load balancer waits for at most. */
const IDLE_TIMEOUT_SECONDS = AWS_DEFAULTS.idleTimeoutSeconds;

/** The requests that tasks hold and do not answer, until the load balancer gives them up. */
export class Holdings {
  private readonly byTask = new Map<ModelledTask, HeldRequests>();

  /** All requests that are held. */
  public get count(): number {
    if (this.byTask.size === 0) return 0;
    let count = 0;
    for (const held of this.byTask.values()) count += held.count;
    return count;
  }

  public heldBy(task: ModelledTask): number {
    return this.byTask.get(task)?.count ?? 0;
  }

  public hold(task: ModelledTask, atSeconds: number, count: number): void {
    const held = this.byTask.get(task) ?? new HeldRequests();
    this.byTask.set(task, held);
    held.add(atSeconds, count);
  }

  /** Takes out what has been held for longer than the load balancer waits. */
  public expire(nowSeconds: number): number {
    if (this.byTask.size === 0) return 0;
    let expired = 0;
    for (const [task, held] of this.byTask) {
      expired += held.takeUntil(nowSeconds - IDLE_TIMEOUT_SECONDS);
      if (held.count === 0) this.byTask.delete(task);
    }
    return expired;
  }

  /** Takes out all that a task holds, and the seconds they have waited. */
  public release(task: ModelledTask, nowSeconds: number): { readonly count: number; readonly waitedSeconds: number } {
    const held = this.byTask.get(task);
    this.byTask.delete(task);
    return { count: held?.count ?? 0, waitedSeconds: held?.waitedSeconds(nowSeconds) ?? 0 };
  }
}
