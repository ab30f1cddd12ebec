import type { Activity } from './activity';

interface Running {
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
  private out: Running | undefined;
  private in: Running | undefined;

  /** Begins an activity; it is open until `complete`. */
  public begin(activity: Activity, cooldownSeconds: number): void {
    if (activity.toCapacity > activity.fromCapacity) {
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
    for (const running of [this.out, this.in]) {
      if (running === undefined || running.activity.statusCode !== 'InProgress') continue;
      running.activity.endSeconds = nowSeconds;
      running.activity.statusCode = 'Successful';
    }
  }

  /** The tasks to compute a step outwards from while an earlier one is open or cooling down. */
  public scaleOutBase(nowSeconds: number): number | undefined {
    return holds(this.out, nowSeconds) ? this.out?.activity.baseCapacity : undefined;
  }

  public blocksScaleIn(nowSeconds: number): boolean {
    return holds(this.in, nowSeconds);
  }

  private override(running: Running | undefined): void {
    if (running?.activity.statusCode === 'InProgress') running.activity.statusCode = 'Overridden';
  }
}

function holds(running: Running | undefined, nowSeconds: number): boolean {
  if (running === undefined) return false;
  const { statusCode, endSeconds } = running.activity;
  if (statusCode === 'InProgress') return true;
  return endSeconds !== undefined && nowSeconds - endSeconds < running.cooldownSeconds;
}
