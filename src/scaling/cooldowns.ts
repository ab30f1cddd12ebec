import { type Activity, isScaleOut } from './activity';

/** An activity, and how long it holds back what comes after it. */
interface Pacing {
  readonly activity: Activity;
  readonly cooldownSeconds: number;
}

/**
 * What the last activity in each direction still holds back.
 *
 * A cooldown begins when its activity is complete, not when it is decided.
 * Scaling out within one is computed from the tasks there were before it, so
 * that only a larger step counts. Scaling in waits for its own cooldown, which
 * any step outwards ends.
 */
export class Cooldowns {
  private out: Pacing | undefined;
  private in: Pacing | undefined;

  /** Begins an activity; it is open until `complete`. */
  public begin(activity: Activity, cooldownSeconds: number): void {
    if (isScaleOut(activity)) {
      this.override(this.in);
      this.override(this.out);
      this.out = { activity, cooldownSeconds };
      this.in = undefined;
    } else {
      this.override(this.out);
      this.in = { activity, cooldownSeconds };
    }
  }

  /** Completes what is open: the cooldowns begin now. */
  public complete(nowSeconds: number): void {
    for (const pacing of [this.out, this.in]) {
      if (pacing?.activity.statusCode !== 'InProgress') continue;
      pacing.activity.endSeconds = nowSeconds;
      pacing.activity.statusCode = 'Successful';
    }
  }

  /** The tasks to compute a step outwards from while an earlier one is open or cooling down. */
  public scaleOutBase(nowSeconds: number): number | undefined {
    return holds(this.out, nowSeconds) ? this.out?.activity.baseCapacity : undefined;
  }

  public blocksScaleIn(nowSeconds: number): boolean {
    return holds(this.in, nowSeconds);
  }

  private override(pacing: Pacing | undefined): void {
    if (pacing?.activity.statusCode === 'InProgress') pacing.activity.statusCode = 'Overridden';
  }
}

function holds(pacing: Pacing | undefined, nowSeconds: number): boolean {
  if (pacing === undefined) return false;
  const { statusCode, endSeconds } = pacing.activity;
  if (statusCode === 'InProgress') return true;
  return endSeconds !== undefined && nowSeconds - endSeconds < pacing.cooldownSeconds;
}
