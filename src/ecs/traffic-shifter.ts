import type { TrafficShift } from '../plan/deployment-settings';
import type { HookParts, LifecycleHookRuns } from './lifecycle-hook-runs';
import type { ServiceTask } from './service-task';

/** What a traffic shift needs, and what it reports. */
interface ShifterParts extends Pick<HookParts, 'taskClock' | 'observer'> {
  /** Called when the shares have changed, and when the bake time is over. */
  reconcile(): void;
}

/** Shifts the traffic of one deployment from the old revision to the new one. */
export class TrafficShifter {
  private currentShare = 0;
  private hasStarted = false;
  private hasBaked = false;
  private isStopped = false;

  public constructor(
    private readonly shift: TrafficShift,
    private readonly hooks: LifecycleHookRuns,
    private readonly parts: ShifterParts,
  ) {}

  /** The share of the production traffic that the new revision has now, from 0 to 1. */
  public get newRevisionShare(): number {
    return this.currentShare;
  }

  /** Whether all traffic has moved and the bake time is over: the old tasks are no longer needed. */
  public get isOver(): boolean {
    return this.hasBaked;
  }

  /** Starts the shift. To be called when all new tasks are healthy; later calls do nothing. */
  public start(): void {
    if (this.hasStarted) return;
    this.hasStarted = true;
    this.hooks.run(['POST_SCALE_UP', 'TEST_TRAFFIC_SHIFT', 'POST_TEST_TRAFFIC_SHIFT'], () => this.shiftTo(0));
  }

  /** Stops the shift: the deployment is rolled back, or replaced by another. */
  public stop(): void {
    this.isStopped = true;
  }

  /** Sets the traffic share of each task. The tasks of a revision share its traffic evenly. */
  public setTrafficShares(tasks: readonly ServiceTask[], revision: number): void {
    const newHealthyCount = tasks.filter((task) => task.isActive && task.revision === revision && task.isHealthy).length;
    const oldHealthyCount = tasks.filter((task) => task.isActive && task.revision !== revision && task.isHealthy).length;
    const newShare = this.newRevisionShare / Math.max(1, newHealthyCount);
    const oldShare = (1 - this.newRevisionShare) / Math.max(1, oldHealthyCount);
    for (const task of tasks) {
      const isInNewTargetGroup = task.revision === revision;
      const trafficShare = isInNewTargetGroup ? newShare : oldShare;
      if (task.trafficShare !== trafficShare || task.isInNewTargetGroup !== isInNewTargetGroup)
        task.update({ trafficShare, isInNewTargetGroup });
    }
  }

  private shiftTo(stepIndex: number): void {
    if (this.isStopped) return;
    const { steps, bakeSeconds } = this.shift;
    const step = steps[stepIndex];
    this.hooks.run(['PRE_PRODUCTION_TRAFFIC_SHIFT'], () => {
      this.currentShare = step?.newRevisionShare ?? 1;
      if (step === undefined)
        this.hooks.run(['PRODUCTION_TRAFFIC_SHIFT', 'POST_PRODUCTION_TRAFFIC_SHIFT'], () => {
          this.parts.observer?.onStage?.('BAKE_TIME');
          this.parts.taskClock.after(bakeSeconds, () => this.endBakeTime());
        });
      else
        this.hooks.run(['PRODUCTION_TRAFFIC_SHIFT'], () =>
          this.parts.taskClock.after(step.stepBakeSeconds, () => this.shiftTo(stepIndex + 1)),
        );
      this.parts.reconcile();
    });
  }

  private endBakeTime(): void {
    if (this.isStopped) return;
    this.hasBaked = true;
    this.parts.observer?.onStage?.('CLEAN_UP');
    this.parts.reconcile();
  }
}
