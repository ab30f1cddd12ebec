import { formatDuration } from '../parse/durations';
import type { DeploymentStage, LifecycleHook, LifecycleStage } from '../plan/lifecycle-hooks';
import type { EventDetails, OutcomeEventKind } from '../run/outcome';
import type { TaskClock } from './task-clock';

/** What a function that was invoked as a hook has responded; without a delay, ECS invokes it again after 30 seconds. */
export type HookResponse =
  | { readonly hookStatus: 'SUCCEEDED' }
  | { readonly hookStatus: 'FAILED'; readonly reason: string }
  | { readonly hookStatus: 'IN_PROGRESS'; readonly callBackDelaySeconds?: number };

/** The status of a hook, as ECS names it. A pause awaits an action, a function is in progress. */
export type HookStatus = 'AWAITING_ACTION' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';

/** How the stages of a deployment are followed by what reports on them, beyond what a forecast needs. */
export interface DeploymentObserver {
  /** Called when a stage begins. */
  onStage?(stage: DeploymentStage): void;
  /** Called when a hook has begun at a stage, and when it has ended. */
  onHook?(hookIndex: number, stage: LifecycleStage, status: HookStatus): void;
  /**
   * Invokes the Lambda function of a hook.
   *
   * @param hookIndex its index in the deployment configuration.
   * @default - it responds with `SUCCEEDED` after `lambdaHookSeconds`
   */
  invokeHook?(hookIndex: number, stage: LifecycleStage): Promise<HookResponse>;
}

/** What the lifecycle hooks of a deployment need, and what they report. */
export interface HookParts {
  /** @default - none */
  readonly observer?: DeploymentObserver;
  readonly taskClock: TaskClock;
  /** From the invocation of a Lambda function until it responds with `SUCCEEDED`. */
  readonly lambdaHookSeconds: number;
  recordEvent(kind: OutcomeEventKind, description: string, details?: EventDetails): void;
  /** Called when a hook has timed out whose timeout action is a rollback. */
  rollBack(description: string): void;
}

/** A pause that waits for `ContinueServiceDeployment`. */
interface Pause {
  readonly hookIndex: number;
  readonly stage: LifecycleStage;
  readonly proceed: () => void;
}

/** Runs the lifecycle hooks of one deployment, stage by stage. */
export class LifecycleHookRuns {
  private readonly pauses = new Set<Pause>();
  private isStopped = false;

  public constructor(
    private readonly hooks: readonly LifecycleHook[],
    private readonly parts: HookParts,
  ) {}

  /** Whether the deployment waits to be continued. */
  public get isPaused(): boolean {
    return this.pauses.size > 0;
  }

  /** Runs the hooks of stages, one stage after the other, and then the function: at once if no stage has a hook. */
  public run([stage, ...others]: readonly LifecycleStage[], proceed: () => void): void {
    if (this.isStopped) return;
    if (stage === undefined) proceed();
    else this.runStage(stage, () => this.run(others, proceed));
  }

  /**
   * Continues pauses that wait, as `ContinueServiceDeployment` does.
   *
   * @param hookIndex the hook that pauses; without it, every pause continues.
   */
  public continue(hookIndex?: number): void {
    const waiting = [...this.pauses].filter((pause) => hookIndex === undefined || pause.hookIndex === hookIndex);
    for (const pause of waiting) this.continuePause(pause, `the deployment was continued at ${pause.stage}`);
  }

  /** Runs no hooks any more: the deployment has failed, or is replaced by another. */
  public stop(): void {
    this.isStopped = true;
    this.pauses.clear();
  }

  /** All hooks of a stage run at once, and all must complete. */
  private runStage(stage: LifecycleStage, proceed: () => void): void {
    this.parts.observer?.onStage?.(stage);
    const hooks = this.hooks.filter(({ stages }) => stages.includes(stage));
    let openCount = hooks.length;
    const complete = (): void => {
      openCount -= 1;
      if (openCount === 0 && !this.isStopped) proceed();
    };
    if (hooks.length === 0) proceed();
    for (const hook of hooks) {
      if (hook.targetType === 'PAUSE') this.pause(hook, { hookIndex: this.hooks.indexOf(hook), stage, proceed: complete });
      else this.invoke(hook, stage, complete);
    }
  }

  /** A function that has not responded at the timeout is not waited for any longer. */
  private invoke(hook: LifecycleHook, stage: LifecycleStage, complete: () => void): void {
    const { taskClock, lambdaHookSeconds, observer } = this.parts;
    const { timeoutAction } = hook;
    const timeoutSeconds = hook.timeoutMinutes * SECONDS_PER_MINUTE;
    if (observer?.invokeHook === undefined && lambdaHookSeconds <= timeoutSeconds) {
      taskClock.after(lambdaHookSeconds, complete);
      return;
    }
    const hookIndex = this.hooks.indexOf(hook);
    this.reportHook(hookIndex, stage, 'IN_PROGRESS');
    let isOver = false;
    const end = (then: () => void): void => {
      if (isOver || this.isStopped) return;
      isOver = true;
      then();
    };
    const description = `a function at ${stage} did not respond within ${formatDuration(timeoutSeconds)}`;
    taskClock.after(timeoutSeconds, () =>
      end(() => {
        this.reportHook(hookIndex, stage, 'TIMED_OUT');
        if (timeoutAction === 'ROLLBACK') this.parts.rollBack(`${description}: ECS rolled back`);
        else {
          this.parts.recordEvent('deployment-continued', `${description}: the deployment continued`);
          complete();
        }
      }),
    );
    this.poll(hookIndex, stage, (response) =>
      end(() => {
        this.reportHook(hookIndex, stage, response.hookStatus);
        if (response.hookStatus === 'SUCCEEDED') complete();
        else this.parts.rollBack(`a function at ${stage} failed: ${response.reason}: ECS rolled back`);
      }),
    );
  }

  /** Invokes a function until it responds with more than `IN_PROGRESS`. */
  private poll(
    hookIndex: number,
    stage: LifecycleStage,
    onEnd: (response: Exclude<HookResponse, { hookStatus: 'IN_PROGRESS' }>) => void,
  ): void {
    const { observer, taskClock } = this.parts;
    if (this.isStopped) return;
    void observer?.invokeHook?.(hookIndex, stage).then((response) => {
      if (response.hookStatus !== 'IN_PROGRESS') onEnd(response);
      else taskClock.after(response.callBackDelaySeconds ?? CALL_BACK_DELAY_SECONDS, () => this.poll(hookIndex, stage, onEnd));
    });
  }

  private reportHook(hookIndex: number, stage: LifecycleStage, status: HookStatus): void {
    this.parts.observer?.onHook?.(hookIndex, stage, status);
  }

  private pause({ timeoutMinutes, timeoutAction }: LifecycleHook, pause: Pause): void {
    const timeoutSeconds = timeoutMinutes * SECONDS_PER_MINUTE;
    const timeout = formatDuration(timeoutSeconds);
    const action = timeoutAction === 'ROLLBACK' ? 'rolls back' : 'continues';
    this.parts.recordEvent(
      'deployment-paused',
      `the deployment paused at ${pause.stage}; unless it is continued, it ${action} after ${timeout}`,
    );
    this.pauses.add(pause);
    this.reportHook(pause.hookIndex, pause.stage, 'AWAITING_ACTION');
    this.parts.taskClock.after(timeoutSeconds, () => {
      if (!this.pauses.has(pause)) return;
      this.reportHook(pause.hookIndex, pause.stage, 'TIMED_OUT');
      const description = `no one continued the deployment at ${pause.stage} within ${timeout}`;
      if (timeoutAction === 'CONTINUE') this.continuePause(pause, `${description}: it continued`);
      else this.parts.rollBack(`${description}: ECS rolled back`);
    });
  }

  private continuePause(pause: Pause, description: string): void {
    this.pauses.delete(pause);
    this.reportHook(pause.hookIndex, pause.stage, 'SUCCEEDED');
    this.parts.recordEvent('deployment-continued', description);
    pause.proceed();
  }
}

const SECONDS_PER_MINUTE = 60;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html */
const CALL_BACK_DELAY_SECONDS = 30;
