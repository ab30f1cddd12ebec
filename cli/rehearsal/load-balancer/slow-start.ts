import type { Time } from '../../../src/time/time';
import type { Target } from './target';

/** A target gets a request now and then from its first second on. */
const LEAST_SHARE = 0.01;

/**
 * Lets the share of a target that has just become healthy grow in a straight line.
 *
 * Only beside a target that gets its full share: the first ones of a group start at once.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#slow-start-mode
 */
export class SlowStart {
  /** Since when a target serves, for those that start slowly; the others have their full share. */
  private readonly startedSeconds = new Map<Target, number>();
  private readonly known = new Set<Target>();

  public constructor(
    private readonly time: Time,
    private readonly durationSeconds: number,
  ) {}

  /** Whether every target has its full share. */
  public get isOver(): boolean {
    if (this.startedSeconds.size === 0) return true;
    for (const target of this.startedSeconds.keys()) if (this.shareOf(target) === 1) this.startedSeconds.delete(target);
    return this.startedSeconds.size === 0;
  }

  /** Sees which targets serve now. One that has left starts slowly when it comes back. */
  public update(serving: readonly Target[]): void {
    for (const target of this.known) if (!serving.includes(target)) this.forget(target);
    const hasFullShare = [...this.known].some((target) => this.shareOf(target) === 1);
    for (const target of serving) {
      if (!this.known.has(target) && hasFullShare && this.durationSeconds > 0) this.startedSeconds.set(target, this.time.nowSeconds);
      this.known.add(target);
    }
  }

  /** The share of a target, up to 1. */
  public shareOf(target: Target): number {
    const startedSeconds = this.startedSeconds.get(target);
    if (startedSeconds === undefined) return 1;
    return Math.min(1, Math.max(LEAST_SHARE, (this.time.nowSeconds - startedSeconds) / this.durationSeconds));
  }

  private forget(target: Target): void {
    this.known.delete(target);
    this.startedSeconds.delete(target);
  }
}
