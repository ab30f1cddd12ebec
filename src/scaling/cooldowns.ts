import { type Activity, isScaleOut } from './activity';
import type { AwsBehavior } from './aws-behavior';

/** An activity, and how long it holds back what comes after it. */
interface Pacing {
  readonly activity: Activity;
  readonly cooldownSeconds: number;
}

/** What differs between an ECS service and an EC2 auto scaling group, or is not known. */
export interface CooldownRules extends Pick<AwsBehavior, 'scaleOutBlocksScaleIn' | 'cooldownBase'> {
  /** Whether an activity that takes tasks away holds back the next one until it is complete. */
  readonly openScaleInBlocks: boolean;
}

const APPLICATION_AUTO_SCALING: CooldownRules = {
  scaleOutBlocksScaleIn: false,
  cooldownBase: 'before-first-step',
  openScaleInBlocks: true,
};

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
  private open: Activity | undefined;

  public constructor(private readonly rules: CooldownRules = APPLICATION_AUTO_SCALING) {}

  /**
   * Begins an activity; it is open until it is complete or given up.
   *
   * @param cooldownSeconds left out for an activity that holds nothing back: one that a schedule caused.
   */
  public begin(activity: Activity, cooldownSeconds?: number): void {
    if (this.open !== undefined) this.open.statusCode = 'Overridden';
    this.open = activity;
    if (cooldownSeconds === undefined) return;
    if (isScaleOut(activity)) {
      this.out = { activity, cooldownSeconds };
      this.in = undefined;
    } else {
      this.in = { activity, cooldownSeconds };
    }
  }

  /** The activity that is neither complete nor given up. */
  public get openActivity(): Activity | undefined {
    return this.open;
  }

  /** Completes what is open: its cooldown begins now. */
  public complete(nowSeconds: number): void {
    this.close('Successful', nowSeconds);
  }

  /** Gives up what is open: tasks that did not come in time hold nothing back. */
  public giveUp(nowSeconds: number): void {
    this.close('Unfulfilled', nowSeconds);
  }

  /** The tasks to compute a step outwards from while an earlier one is open or cooling down. */
  public scaleOutBase(nowSeconds: number): number | undefined {
    if (this.rules.cooldownBase === 'running') return undefined;
    return holds(this.out, nowSeconds) ? this.out?.activity.baseCapacity : undefined;
  }

  public blocksScaleIn(nowSeconds: number): boolean {
    if (this.rules.scaleOutBlocksScaleIn && holds(this.out, nowSeconds)) return true;
    if (!this.rules.openScaleInBlocks && this.in?.activity.statusCode === 'InProgress') return false;
    return holds(this.in, nowSeconds);
  }

  /** Whether any activity is open or cooling down: simple scaling waits for that. */
  public blocksSimpleScaling(nowSeconds: number): boolean {
    return this.open !== undefined || holds(this.out, nowSeconds) || holds(this.in, nowSeconds);
  }

  private close(statusCode: Activity['statusCode'], nowSeconds: number): void {
    if (this.open === undefined) return;
    this.open.statusCode = statusCode;
    this.open.endSeconds = nowSeconds;
    this.open = undefined;
  }
}

function holds(pacing: Pacing | undefined, nowSeconds: number): boolean {
  if (pacing === undefined) return false;
  const { statusCode, endSeconds } = pacing.activity;
  if (statusCode === 'InProgress') return true;
  return statusCode === 'Successful' && endSeconds !== undefined && nowSeconds - endSeconds < pacing.cooldownSeconds;
}
