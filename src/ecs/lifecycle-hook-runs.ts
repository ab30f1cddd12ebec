import { formatDuration } from '../parse/durations';
import type { LifecycleHook, LifecycleStage } from '../plan/lifecycle-hooks';
import type { EventDetails, OutcomeEventKind } from '../run/outcome';
import type { TaskClock } from './task-clock';

/** What the lifecycle hooks of a deployment need, and what they report. */
export interface HookParts {
  readonly taskClock: TaskClock;
  /** From the invocation of a Lambda function until it responds with `SUCCEEDED`. */
  readonly lambdaHookSeconds: number;
  recordEvent(kind: OutcomeEventKind, description: string, details?: EventDetails): void;
  /** Called when a hook has timed out whose timeout action is a rollback. */
  rollBack(description: string): void;
}

/** A pause that waits for `ContinueServiceDeployment`. */
interface Pause {
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

  /** Continues every pause that waits, as `ContinueServiceDeployment` does. */
  public continueAll(): void {
    const waiting = [...this.pauses];
    for (const pause of waiting) this.continue(pause, `the deployment was continued at ${pause.stage}`);
  }

  /** Runs no hooks any more: the deployment has failed, or is replaced by another. */
  public stop(): void {
    this.isStopped = true;
    this.pauses.clear();
  }

  /** All hooks of a stage run at once, and all must complete. */
  private runStage(stage: LifecycleStage, proceed: () => void): void {
    const hooks = this.hooks.filter(({ stages }) => stages.includes(stage));
    let openCount = hooks.length;
    const complete = (): void => {
      openCount -= 1;
      if (openCount === 0 && !this.isStopped) proceed();
    };
    if (hooks.length === 0) proceed();
    for (const hook of hooks) {
      if (hook.targetType === 'PAUSE') this.pause(hook, { stage, proceed: complete });
      else this.invoke(hook, stage, complete);
    }
  }

  /** A function that has not responded at the timeout is not waited for any longer. */
  private invoke({ timeoutMinutes, timeoutAction }: LifecycleHook, stage: LifecycleStage, complete: () => void): void {
    const { taskClock, lambdaHookSeconds } = this.parts;
    const timeoutSeconds = timeoutMinutes * SECONDS_PER_MINUTE;
    if (lambdaHookSeconds <= timeoutSeconds) {
      taskClock.after(lambdaHookSeconds, complete);
      return;
    }
    const description = `a function at ${stage} did not respond within ${formatDuration(timeoutSeconds)}`;
    taskClock.after(timeoutSeconds, () => {
      if (this.isStopped) return;
      if (timeoutAction === 'ROLLBACK') this.parts.rollBack(`${description}: ECS rolled back`);
      else {
        this.parts.recordEvent('deployment-continued', `${description}: the deployment continued`);
        complete();
      }
    });
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
    this.parts.taskClock.after(timeoutSeconds, () => {
      if (!this.pauses.has(pause)) return;
      const description = `no one continued the deployment at ${pause.stage} within ${timeout}`;
      if (timeoutAction === 'CONTINUE') this.continue(pause, `${description}: it continued`);
      else this.parts.rollBack(`${description}: ECS rolled back`);
    });
  }

  private continue(pause: Pause, description: string): void {
    this.pauses.delete(pause);
    this.parts.recordEvent('deployment-continued', description);
    pause.proceed();
  }
}

const SECONDS_PER_MINUTE = 60;
