import { type Deployment, maxRunningTasks, minHealthyTasks } from '../plan/deployment-settings';
import type { DeploymentInProgress, DeploymentParts } from './deployment-in-progress';
import { InterruptedTasks } from './interrupted-tasks';
import { RefreshCheckpoints } from './refresh-checkpoints';
import { ServiceDeployments } from './service-deployments';
import type { ServiceTask } from './service-task';
import type { TaskPool } from './task-pool';
import type { MatchingTasks, TaskState } from './tasks-by-state';

/** The clock of a scheduler, how AWS behaves, and what it reports. */
export interface SchedulerParts
  extends Pick<DeploymentParts, 'taskClock' | 'recordEvent' | 'lambdaHookSeconds' | 'bakeTimePerEvaluation' | 'observer'> {
  /** Called when the traffic shares of tasks have changed. */
  onTrafficShift(): void;
}

/**
 * The scheduler of an ECS service: keeps the desired count of tasks running, replaces tasks that are lost or fail their health
 * checks, and replaces all of them in a deployment within its minimum and maximum percent.
 */
export class ServiceScheduler<Task extends ServiceTask> {
  public readonly deployments: ServiceDeployments;
  private desiredCount: number;
  /** Lost tasks whose loss ECS has not noticed yet. */
  private unnoticedLosses = 0;
  private readonly interrupted = new InterruptedTasks<Task>();
  private readonly checkpoints: RefreshCheckpoints;
  /** Lost tasks without a replacement. */
  private lossesWithoutReplacement = 0;
  /** The task that Availability Zone rebalancing has launched in the emptiest zone, before it stops one in the fullest zone. */
  private rebalancingTask?: Task;
  private isReconciling = false;
  private mustReconcileAgain = false;

  public constructor(
    private readonly tasks: TaskPool<Task>,
    private settings: Deployment,
    desiredCount: number,
    private readonly parts: SchedulerParts,
  ) {
    this.desiredCount = desiredCount;
    this.checkpoints = new RefreshCheckpoints({ ...parts, onContinue: () => this.reconcile() });
    this.deployments = new ServiceDeployments({
      ...parts,
      settings: () => this.settings,
      desiredCount: () => this.desiredCount,
      resetTrafficShares: () => this.resetTrafficShares(),
      reconcile: () => this.reconcile(),
    });
  }

  /** Adds the tasks that run when the scenario starts. */
  public start(): void {
    for (let count = 0; count < this.desiredCount; count++) this.tasks.addHealthy(this.currentRevision);
  }

  public get isDeploying(): boolean {
    return this.deployment !== undefined && !this.deployment.hasFailed;
  }

  /** Whether exactly the desired count of tasks exists, all of them RUNNING. */
  public get isSteady(): boolean {
    return this.tasks.all.length === this.desiredCount && this.tasks.byState.count((state) => !state.isRunning) === 0;
  }

  public setDesiredCount(desiredCount: number): void {
    this.desiredCount = desiredCount;
    this.reconcile();
  }

  /** A deployment in progress keeps the configuration that it was started with, except for its percentages. */
  public changeSettings(settings: Deployment): void {
    this.settings = settings;
    this.reconcile();
  }

  /** ECS notices the loss when `onLossNoticed` is called. */
  public onLost(task: Task): void {
    this.unnoticedLosses += 1;
    this.lossesWithoutReplacement += 1;
    this.deployments.onFailure(task);
  }

  public onLossNoticed(): void {
    this.unnoticedLosses -= 1;
    this.reconcile();
  }

  /** Replaces a task that has failed its health checks. */
  public replaceUnhealthy(task: Task): void {
    this.lossesWithoutReplacement += 1;
    this.deployments.onFailure(task);
    this.reconcile();
  }

  /** A Spot instance will be interrupted: its replacement is launched beside it, and it is stopped once that is healthy. */
  public replaceInterrupted(task: Task): void {
    this.interrupted.add(task);
    task.update({ isMarkedForReplacement: true });
    this.lossesWithoutReplacement += 1;
    this.reconcile();
  }

  public onHealthy(task: Task): void {
    this.deployments.onHealthy(task);
    this.reconcile();
  }

  /** Launches missing tasks and stops surplus ones. To be called when a task has changed. */
  public reconcile(): void {
    // a task that is STOPPED at once calls this again.
    this.mustReconcileAgain = true;
    if (this.isReconciling) return;
    this.isReconciling = true;
    while (this.mustReconcileAgain) {
      this.mustReconcileAgain = false;
      this.launchMissing();
      this.stopMarkedForReplacement();
      this.stopSurplus();
      this.shiftTraffic();
      this.stopOtherRevisions();
      this.completeDeployment();
      this.rebalance();
    }
    this.isReconciling = false;
  }

  private get currentRevision(): number {
    return this.deployments.currentRevision;
  }

  private get deployment(): DeploymentInProgress | undefined {
    return this.deployments.inProgress;
  }

  private launchMissing(): void {
    if (this.deployment?.hasFailed === true) return;
    const usableCount = this.activeTasks((task) => task.revision === this.currentRevision && !task.isMarkedForReplacement).length;
    const activeCount = this.activeTasks().length;
    const wantedCount = Math.max(this.refreshLimit, this.desiredCount - (activeCount - usableCount));
    let missingCount = Math.min(wantedCount - usableCount - this.unnoticedLosses, this.maxTasks - activeCount);
    for (; missingCount > 0; missingCount--) {
      const task = this.tasks.launch(this.currentRevision);
      task.isReplacement = this.lossesWithoutReplacement > 0;
      this.lossesWithoutReplacement = Math.max(0, this.lossesWithoutReplacement - 1);
    }
    if (usableCount >= this.desiredCount) this.lossesWithoutReplacement = 0;
  }

  /**
   * Stops tasks that failed their health checks: when their replacement is healthy, or at once if the maximum percent does not
   * allow one more task. A task that was never healthy is stopped at once.
   */
  private stopMarkedForReplacement(): void {
    for (const task of this.activeTasks((other) => other.isMarkedForReplacement && !other.hasBeenHealthy).oldest()) this.tasks.drain(task);
    const marked = this.activeTasks((task) => task.isMarkedForReplacement);
    if (marked.length === 0) return;
    const healthyCount = this.activeTasks((task) => task.isReady && !task.isMarkedForReplacement).length;
    const unmarkedCount = this.activeTasks((task) => !task.isMarkedForReplacement).length;
    const replacedCount = healthyCount + marked.length - this.desiredCount;
    const missingCount = Math.max(0, this.desiredCount - unmarkedCount);
    const blockingCount = unmarkedCount + marked.length >= this.maxTasks ? missingCount : 0;
    const count = Math.min(marked.length, Math.max(0, replacedCount, blockingCount));
    for (const task of marked.oldest(count)) this.tasks.drain(task);
    if (blockingCount > 0 && count > 0) this.launchMissing();
  }

  /** Stops unhealthy tasks first, then those in the zone with the most tasks, the youngest first. */
  private stopSurplus(): void {
    const currentTasks = this.activeTasks((task) => task.revision === this.currentRevision && !task.isMarkedForReplacement);
    const rebalancingCount = this.rebalancingTask?.isActive === true && !this.rebalancingTask.isReady ? 1 : 0;
    for (let surplus = currentTasks.length - this.desiredCount - rebalancingCount; surplus > 0; surplus--) {
      const remainingTasks = this.activeTasks((task) => task.revision === this.currentRevision && !task.isMarkedForReplacement);
      const fullestZone = this.tasks.zones.fullest(remainingTasks.countsByZone);
      const unhealthyTasks = remainingTasks.matching((task) => !task.isReady);
      const nextToStop = unhealthyTasks.youngest ?? remainingTasks.matching((task) => task.zone === fullestZone).youngest;
      this.tasks.drain(nextToStop!);
    }
  }

  /**
   * Availability Zone rebalancing: starts a task in the emptiest zone; once it is healthy, one in the fullest zone is surplus.
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
   */
  private rebalance(): void {
    if (this.settings.rebalancesZones !== true || this.deployment !== undefined) return;
    const tasks = this.activeTasks();
    const unstableTasks = tasks.matching((task) => !task.isReady || task.isMarkedForReplacement);
    const isStable = tasks.length === this.desiredCount && unstableTasks.length === 0;
    if (!isStable || this.maxTasks <= tasks.length || !this.tasks.zones.areUneven(tasks.countsByZone)) return;
    this.parts.recordEvent('rebalancing-started', 'ECS began Availability Zone rebalancing');
    this.rebalancingTask = this.tasks.launch(this.currentRevision);
  }

  /** How many instances may be of the current revision: all of them but at a checkpoint. */
  private get refreshLimit(): number {
    if (this.settings.checkpoints === undefined || this.deployment === undefined) return this.desiredCount;
    const newReady = this.activeTasks((task) => task.revision === this.currentRevision && task.isReady);
    return this.checkpoints.limit(this.settings.checkpoints, this.currentRevision, this.desiredCount, newReady.length);
  }

  /** A deployment that shifts traffic runs both revisions at full size. */
  private get maxTasks(): number {
    if (this.deployment?.trafficShifter !== undefined) return 2 * this.desiredCount;
    return this.interrupted.activeCount + Math.max(this.desiredCount, maxRunningTasks(this.desiredCount, this.settings));
  }

  /** Once all tasks of the new revision are healthy, the traffic is shifted to them. */
  private shiftTraffic(): void {
    const { trafficShifter, isLaunching } = this.deployment ?? {};
    if (trafficShifter === undefined || isLaunching !== true) return;
    const newHealthyTasks = this.activeTasks((task) => task.revision === this.currentRevision && task.isReady);
    if (newHealthyTasks.length >= this.desiredCount) trafficShifter.start();
    trafficShifter.setTrafficShares(this.tasks.all, this.currentRevision);
    this.parts.onTrafficShift();
  }

  /** Stops tasks of the old revision while the minimum percent of healthy tasks is left. */
  private stopOtherRevisions(): void {
    const { trafficShifter, hasFailed } = this.deployment ?? {};
    if (hasFailed === true || (trafficShifter !== undefined && !trafficShifter.isOver)) return;
    const minHealthy = minHealthyTasks(this.desiredCount, this.settings);
    const healthyCount = this.activeTasks((task) => task.isReady).length;
    const otherTasks = this.activeTasks((task) => task.revision !== this.currentRevision);
    const stopped = [
      ...otherTasks.matching((task) => !task.isReady).oldest(),
      ...otherTasks
        .matching((task) => task.isReady)
        .oldest(Math.min(healthyCount - minHealthy, otherTasks.length - (this.desiredCount - this.refreshLimit))),
    ];
    for (const task of stopped.sort((one, other) => one.number - other.number)) this.tasks.drain(task);
    if (this.deployment !== undefined) this.launchMissing();
  }

  private completeDeployment(): void {
    if (this.deployment === undefined) return;
    const newHealthyTasks = this.activeTasks((task) => task.revision === this.currentRevision && task.isReady);
    const hasOtherRevisions = this.tasks.byState.count((state) => state.revision !== this.currentRevision) > 0;
    this.deployments.completeWith({ desiredCount: this.desiredCount, newHealthyCount: newHealthyTasks.length, hasOtherRevisions });
  }

  private resetTrafficShares(): void {
    for (const task of this.tasks.all) task.update({ trafficShare: 1, isInNewTargetGroup: false });
    this.parts.onTrafficShift();
  }

  private activeTasks(isMatch: (state: TaskState) => boolean = () => true): MatchingTasks<Task> {
    return this.tasks.byState.matching((state) => state.isActive && isMatch(state));
  }
}
