import { type Activity, isScaleOut } from './activity';
import type { AwsBehavior } from './aws-behavior';

/** An activity and its cooldown. */
interface PolicyCooldown {
  readonly activity: Activity;
  readonly cooldownSeconds: number;
}

/** The rules that differ between an ECS service and an EC2 auto scaling group, or are not documented. */
export interface CooldownRules extends Pick<AwsBehavior, 'scaleOutBlocksScaleIn' | 'cooldownBase'> {
  /** Whether a scale-in that is in progress blocks the next one. */
  readonly blocksUntilScaleInCompletes: boolean;
}

const APPLICATION_AUTO_SCALING: CooldownRules = {
  scaleOutBlocksScaleIn: false,
  cooldownBase: 'before-first-step',
  blocksUntilScaleInCompletes: true,
};

/**
 * The cooldowns of the last scale-out and scale-in.
 *
 * A cooldown begins when its activity completes. During a scale-out cooldown the next scale-out is computed from the count before
 * the first, so that only a larger step has an effect. A scale-in waits for the scale-in cooldown, which a scale-out ends.
 */
export class Cooldowns {
  private lastScaleOut: PolicyCooldown | undefined;
  private lastScaleIn: PolicyCooldown | undefined;
  private inProgress: Activity | undefined;

  public constructor(private readonly rules: CooldownRules = APPLICATION_AUTO_SCALING) {}

  /**
   * Starts an activity. It is in progress until it completes or times out.
   *
   * @param cooldownSeconds undefined for an activity without a cooldown, such as that of a scheduled action.
   */
  public start(activity: Activity, cooldownSeconds?: number): void {
    if (this.inProgress !== undefined) this.inProgress.statusCode = 'Overridden';
    this.inProgress = activity;
    if (cooldownSeconds === undefined) return;
    if (isScaleOut(activity)) {
      this.lastScaleOut = { activity, cooldownSeconds };
      this.lastScaleIn = undefined;
    } else {
      this.lastScaleIn = { activity, cooldownSeconds };
    }
  }

  /** The activity that is in progress. */
  public get activityInProgress(): Activity | undefined {
    return this.inProgress;
  }

  /** Completes the activity in progress: its cooldown begins now. */
  public complete(nowSeconds: number): void {
    this.end('Successful', nowSeconds);
  }

  /** Times the activity in progress out: it has no cooldown. */
  public timeOut(nowSeconds: number): void {
    this.end('Unfulfilled', nowSeconds);
  }

  /** The count that a scale-out is computed from while an earlier one is in progress or cooling down; undefined for the running count. */
  public scaleOutBase(nowSeconds: number): number | undefined {
    if (this.rules.cooldownBase === 'running') return undefined;
    return isBlocking(this.lastScaleOut, nowSeconds) ? this.lastScaleOut?.activity.baseCapacity : undefined;
  }

  public blocksScaleIn(nowSeconds: number): boolean {
    if (this.rules.scaleOutBlocksScaleIn && isBlocking(this.lastScaleOut, nowSeconds)) return true;
    if (!this.rules.blocksUntilScaleInCompletes && this.lastScaleIn?.activity.statusCode === 'InProgress') return false;
    return isBlocking(this.lastScaleIn, nowSeconds);
  }

  /** Whether any activity is in progress or cooling down: simple scaling waits for both. */
  public blocksSimpleScaling(nowSeconds: number): boolean {
    return this.inProgress !== undefined || isBlocking(this.lastScaleOut, nowSeconds) || isBlocking(this.lastScaleIn, nowSeconds);
  }

  private end(statusCode: Activity['statusCode'], nowSeconds: number): void {
    if (this.inProgress === undefined) return;
    this.inProgress.statusCode = statusCode;
    this.inProgress.endSeconds = nowSeconds;
    this.inProgress = undefined;
  }
}

function isBlocking(cooldown: PolicyCooldown | undefined, nowSeconds: number): boolean {
  if (cooldown === undefined) return false;
  const { statusCode, endSeconds } = cooldown.activity;
  if (statusCode === 'InProgress') return true;
  return statusCode === 'Successful' && endSeconds !== undefined && nowSeconds - endSeconds < cooldown.cooldownSeconds;
}
