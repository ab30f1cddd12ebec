import { formatDuration } from '../parse/durations';
import type { Deployment } from '../plan/deployment-settings';
import { tasksForSuccess } from '../plan/early-success';
import { BakeTime } from './bake-time';
import { DeploymentCircuitBreaker } from './deployment-circuit-breaker';
import { type HookParts, LifecycleHookRuns } from './lifecycle-hook-runs';
import { TrafficShifter } from './traffic-shifter';

/** What a deployment needs, and what it reports. */
export interface DeploymentParts extends HookParts {
  readonly settings: Deployment;
  /** The bake time of a rolling deployment, as a multiple of the longest evaluation time of its alarms. */
  readonly bakeTimePerEvaluation: number;
  /** Called when tasks may be launched or stopped that could not be before. */
  reconcile(): void;
}

/** The revisions of a deployment. */
export interface DeploymentRevisions {
  readonly isRollback: boolean;
  /** The revision that a rollback returns to. */
  readonly previousRevision: number;
  /** Whether another deployment was in progress when this one was started. */
  readonly replacesAnother: boolean;
}

/** The tasks of a service while a deployment is in progress. */
export interface DeployedTasks {
  readonly desiredCount: number;
  readonly newHealthyCount: number;
  /** Whether any task is of another revision, also one that drains. */
  readonly hasOtherRevisions: boolean;
}

/** A deployment that has started and is not completed, or its rollback. */
export class DeploymentInProgress {
  /** Shifts the traffic, if the deployment runs both revisions meanwhile; undefined for a rolling deployment and a rollback. */
  public readonly trafficShifter?: TrafficShifter;
  private readonly hooks: LifecycleHookRuns;
  private readonly circuitBreaker: DeploymentCircuitBreaker;
  private readonly bakeTime: BakeTime;
  /** Waiting for the hooks before its scale-up, launching tasks, or failed without a rollback. */
  private status: 'waiting' | 'launching' | 'failed' = 'waiting';

  /** @param isWatchingAlarms whether no alarm was in ALARM when it started: ECS ignores them all otherwise. */
  public constructor(
    private readonly revisions: DeploymentRevisions,
    private readonly isWatchingAlarms: boolean,
    private readonly parts: DeploymentParts,
  ) {
    const { settings, taskClock } = parts;
    const { trafficShift, lifecycleHooks = [], rollbackAlarms } = settings;
    const isShift = trafficShift !== undefined && !revisions.isRollback;
    this.hooks = new LifecycleHookRuns(isShift ? lifecycleHooks : [], parts);
    this.circuitBreaker = new DeploymentCircuitBreaker(settings);
    if (isShift) this.trafficShifter = new TrafficShifter(trafficShift, this.hooks, parts);
    const hasBakeTime = trafficShift === undefined && !revisions.isRollback && isWatchingAlarms;
    const bakeSeconds = hasBakeTime ? (rollbackAlarms?.evaluationSeconds ?? 0) * parts.bakeTimePerEvaluation : 0;
    this.bakeTime = new BakeTime(taskClock, bakeSeconds, () => parts.reconcile());
  }

  public get isRollback(): boolean {
    return this.revisions.isRollback;
  }

  public get previousRevision(): number {
    return this.revisions.previousRevision;
  }

  /** Whether ECS launches tasks of its revision. */
  public get isLaunching(): boolean {
    return this.status === 'launching';
  }

  /** Whether it has failed without a rollback: ECS launches no tasks until the next deployment. */
  public get hasFailed(): boolean {
    return this.status === 'failed';
  }

  /** Whether it can be rolled back: it is no rollback itself, and has not failed. */
  public get canRollBack(): boolean {
    return !this.isRollback && !this.hasFailed;
  }

  /** Runs the hooks before the scale-up, and then the function. */
  public begin(launch: () => void): void {
    this.hooks.run([...(this.revisions.replacesAnother ? (['RECONCILE_SERVICE'] as const) : []), 'PRE_SCALE_UP'], () => {
      this.status = 'launching';
      this.parts.observer?.onStage?.('SCALE_UP');
      launch();
    });
  }

  /** Whether it is complete with these tasks. Starts the bake time once nothing else is missing. */
  public isComplete({ desiredCount, newHealthyCount, hasOtherRevisions }: DeployedTasks): boolean {
    const earlySuccess = this.trafficShifter === undefined && !this.isRollback ? this.parts.settings.earlySuccess : undefined;
    if (!this.isLaunching || newHealthyCount < tasksForSuccess(desiredCount, earlySuccess)) return false;
    if (hasOtherRevisions && earlySuccess === undefined) return false;
    if (this.bakeTime.start()) this.reportBakeTime(hasOtherRevisions);
    return this.bakeTime.isOver && (!hasOtherRevisions || earlySuccess?.cleanup === 'DEFERRED');
  }

  /** Counts a failed task of the new revision. */
  public countFailure(desiredCount: number): void {
    if (this.isRollback || !this.isLaunching) return;
    const description = this.circuitBreaker.countFailure(desiredCount);
    if (description !== undefined) this.fail(description, this.circuitBreaker.rollsBack);
  }

  /** A task of the new revision has become healthy. */
  public onHealthyTask(): void {
    this.circuitBreaker.resetOnHealthyTask();
  }

  /** An alarm has gone into ALARM. */
  public onAlarm(alarmName: string): void {
    const { rollbackAlarms } = this.parts.settings;
    if (rollbackAlarms === undefined || this.isRollback || !this.isLaunching || !this.isWatchingAlarms) return;
    const { rollsBack } = rollbackAlarms;
    this.fail(`${alarmName} went into ALARM: ECS ${rollsBack ? 'rolled back' : 'stopped the deployment'}`, rollsBack);
  }

  /** Continues it, if it is paused: at one hook of its deployment configuration, or at all. */
  public continue(hookIndex?: number): boolean {
    const { isPaused } = this.hooks;
    this.hooks.continue(hookIndex);
    return isPaused;
  }

  /** Ends it: it is rolled back, or replaced by another. */
  public stop(): void {
    this.hooks.stop();
    this.trafficShifter?.stop();
  }

  private fail(description: string, rollsBack: boolean): void {
    if (rollsBack) this.parts.rollBack(description);
    else {
      this.status = 'failed';
      this.stop();
      this.parts.recordEvent('deployment-failed', description);
    }
  }

  private reportBakeTime(hasOtherRevisions: boolean): void {
    const tasks = hasOtherRevisions ? 'enough tasks are healthy' : 'all tasks are of the new revision';
    this.parts.recordEvent('bake-started', `${tasks}: ECS watches the alarms for ${formatDuration(this.bakeTime.seconds)}, the bake time`);
  }
}
