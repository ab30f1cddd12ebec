import { circuitBreakerThreshold, type Deployment, fewestTasks, mostTasks } from '../plan/deployment';
import type { OutcomeEventKind } from '../scenario/outcome';
import type { Rollout } from './rollout';
import type { ServiceTask } from './service-task';
import type { TaskClock } from './task-clock';
import type { TaskPool } from './task-pool';
import { TrafficMover } from './traffic-mover';

/** What a scheduler works with, and whom it tells of its deployments. */
export interface SchedulerParts {
  readonly clock: TaskClock;
  note(kind: OutcomeEventKind, description: string): void;
  /** The share of the traffic that tasks get has changed. */
  onMove(): void;
}

/**
 * The scheduler of an ECS service: keeps as many tasks as are wanted, replaces those that are lost or fail their health
 * checks, and exchanges all of them for a new revision within the bounds of the deployment's percents.
 */
export class ServiceScheduler<Task extends ServiceTask> {
  private desiredCount: number;
  private revision = 0;
  private newestRevision = 0;
  private rollout: Rollout | undefined;
  /** Lost tasks whose replacement is not to be launched yet. */
  private delayed = 0;
  /** Lost tasks whose replacement is not launched yet. */
  private lost = 0;
  /** A task that is started in an emptier zone before one of the fullest is stopped. */
  private moving?: Task;
  private isReconciling = false;
  private isChanged = false;
  private readonly badRevisions = new Set<number>();

  public constructor(
    private readonly tasks: TaskPool<Task>,
    private readonly deployment: Deployment,
    desiredCount: number,
    private readonly parts: SchedulerParts,
  ) {
    this.desiredCount = desiredCount;
    for (let count = 0; count < desiredCount; count++) tasks.addHealthy(this.revision);
  }

  public get isDeploying(): boolean {
    return this.rollout !== undefined;
  }

  /** Whether what runs is what was wanted: nothing is starting and nothing is on its way out. */
  public get isSteady(): boolean {
    return this.tasks.all.length === this.desiredCount && this.tasks.all.every((task) => task.station === 'running');
  }

  public isBad(task: Task): boolean {
    return this.badRevisions.has(task.revision);
  }

  public setDesiredCount(desiredCount: number): void {
    this.desiredCount = desiredCount;
    this.reconcile();
  }

  /** Exchanges all tasks for those of a new revision. */
  public deploy(isBad: boolean): void {
    const before = this.rollout === undefined || this.rollout.isRollback ? this.revision : this.rollout.before;
    this.newestRevision += 1;
    if (isBad) this.badRevisions.add(this.newestRevision);
    const tasks = this.desiredCount === 1 ? '1 task' : `${this.desiredCount} tasks`;
    const fate = isBad ? `, ${this.desiredCount === 1 ? 'which fails' : 'which fail'},` : '';
    this.parts.note('deployment-started', `a deployment of ${tasks}${fate} was started`);
    this.rollout?.mover?.stop();
    this.rollOut(this.newestRevision, { isRollback: false, before, mover: this.mover(), failures: 0 });
  }

  /** A task was lost; its replacement is launched when `replace` is called for it. */
  public lose(task: Task): void {
    this.delayed += 1;
    this.lost += 1;
    this.countFailure(task);
  }

  /** ECS has noticed the loss of a task. */
  public replace(): void {
    this.delayed -= 1;
    this.reconcile();
  }

  /** A task has failed its health checks. */
  public giveUp(task: Task): void {
    this.lost += 1;
    this.countFailure(task);
    this.reconcile();
  }

  /** Launches what is missing and stops what is too much. To be called whenever a task has changed. */
  public reconcile(): void {
    // a task that goes at once changes what there is to do.
    this.isChanged = true;
    if (this.isReconciling) return;
    this.isReconciling = true;
    while (this.isChanged) {
      this.isChanged = false;
      this.launchMissing();
      this.stopCondemned();
      this.stopSurplus();
      this.moveTraffic();
      this.stopOld();
      this.completeRollout();
      this.rebalance();
    }
    this.isReconciling = false;
  }

  private mover(): TrafficMover | undefined {
    const { trafficShift } = this.deployment;
    return trafficShift && new TrafficMover(this.parts.clock, trafficShift, () => this.reconcile());
  }

  private rollOut(revision: number, rollout: Rollout): void {
    this.revision = revision;
    this.rollout = rollout;
    this.reconcile();
  }

  private launchMissing(): void {
    const good = this.kept((task) => task.revision === this.revision && !task.isCondemned).length;
    const everything = this.kept().length;
    const most = this.mostTasks;
    let missing = Math.min(this.desiredCount - good - this.delayed, most - everything);
    for (; missing > 0; missing--) {
      const task = this.tasks.launch(this.revision);
      task.isReplacement = this.lost > 0;
      this.lost = Math.max(0, this.lost - 1);
    }
    if (good >= this.desiredCount) this.lost = 0;
  }

  /**
   * A task that fails its health checks goes when its replacement is healthy, or at once where no more tasks may run beside it.
   * One that was never healthy goes at once.
   */
  private stopCondemned(): void {
    for (const task of this.kept((other) => other.isCondemned && !other.wasHealthy)) this.tasks.drain(task);
    const condemned = this.kept((task) => task.isCondemned);
    if (condemned.length === 0) return;
    const healthy = this.kept((task) => task.isHealthy && !task.isCondemned).length;
    const good = this.kept((task) => !task.isCondemned).length;
    const most = this.mostTasks;
    const replaced = healthy + condemned.length - this.desiredCount;
    const inTheWay = this.desiredCount - good > 0 && good + condemned.length >= most ? this.desiredCount - good : 0;
    const count = Math.min(condemned.length, Math.max(0, replaced, inTheWay));
    for (const task of condemned.slice(0, count)) this.tasks.drain(task);
    if (inTheWay > 0 && count > 0) this.launchMissing();
  }

  /** The youngest go first, and of those the ones that do not serve yet, from the zone with the most tasks. */
  private stopSurplus(): void {
    const current = this.kept((task) => task.revision === this.revision && !task.isCondemned);
    const moving = this.moving?.isKept === true && !this.moving.isHealthy ? 1 : 0;
    for (let surplus = current.length - this.desiredCount - moving; surplus > 0; surplus--) {
      const kept = this.kept((task) => task.revision === this.revision && !task.isCondemned);
      const fullest = this.tasks.zones.fullest(kept);
      const unserving = kept.filter((task) => !task.isHealthy);
      const youngest = unserving.at(-1) ?? kept.filter((task) => task.zone === fullest).at(-1);
      this.tasks.drain(youngest!);
    }
  }

  /**
   * Starts a task in the emptiest zone where the zones are uneven; once it is healthy, one of the fullest is surplus.
   *
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
   */
  private rebalance(): void {
    if (this.deployment.rebalancesZones !== true || this.rollout !== undefined) return;
    const kept = this.kept();
    const isCalm = kept.length === this.desiredCount && kept.every((task) => task.isHealthy && !task.isCondemned);
    if (!isCalm || this.mostTasks <= kept.length || !this.tasks.zones.areUneven(kept)) return;
    this.parts.note('rebalancing-started', 'ECS began to even out the zones');
    this.moving = this.tasks.launch(this.revision);
  }

  /** Two revisions side by side are twice the tasks. */
  private get mostTasks(): number {
    if (this.rollout?.mover !== undefined) return 2 * this.desiredCount;
    return Math.max(this.desiredCount, mostTasks(this.desiredCount, this.deployment));
  }

  /** Once all tasks of the new revision are healthy, they get the traffic, bit by bit or at once. */
  private moveTraffic(): void {
    const { mover } = this.rollout ?? {};
    if (mover === undefined) return;
    const fresh = this.kept((task) => task.revision === this.revision && task.isHealthy);
    if (fresh.length >= this.desiredCount) mover.begin();
    mover.apply(this.tasks.all, this.revision);
    this.parts.onMove();
  }

  /** The tasks of the old revision go as soon as enough healthy ones are left without them. */
  private stopOld(): void {
    const { mover } = this.rollout ?? {};
    if (mover !== undefined && !mover.isOver) return;
    const fewest = fewestTasks(this.desiredCount, this.deployment);
    let healthy = this.kept((task) => task.isHealthy).length;
    for (const task of this.kept((other) => other.revision !== this.revision)) {
      if (task.isHealthy && healthy <= fewest) continue;
      if (task.isHealthy) healthy -= 1;
      this.tasks.drain(task);
    }
    if (this.rollout !== undefined) this.launchMissing();
  }

  private completeRollout(): void {
    if (this.rollout === undefined) return;
    const current = this.kept((task) => task.revision === this.revision && task.isHealthy);
    const hasOld = this.tasks.all.some((task) => task.revision !== this.revision);
    if (hasOld || current.length < this.desiredCount) return;
    const { isRollback } = this.rollout;
    this.rollout = undefined;
    this.shareEvenly();
    if (isRollback) this.parts.note('rolled-back', 'all tasks are of the revision before again');
    else this.parts.note('deployment-completed', 'all tasks are of the new revision');
  }

  private shareEvenly(): void {
    for (const task of this.tasks.all) task.trafficShare = 1;
    this.parts.onMove();
  }

  private countFailure(task: Task): void {
    const { rollout } = this;
    if (rollout === undefined || rollout.isRollback || task.revision !== this.revision) return;
    rollout.failures += 1;
    if (!this.deployment.hasCircuitBreaker || rollout.failures < circuitBreakerThreshold(this.desiredCount)) return;
    this.parts.note('deployment-failed', `${rollout.failures} tasks of the new revision failed: the circuit breaker rolled back`);
    rollout.mover?.stop();
    this.shareEvenly();
    this.rollOut(rollout.before, { isRollback: true, before: rollout.before, failures: 0 });
  }

  private kept(isMeant: (task: Task) => boolean = () => true): Task[] {
    return this.tasks.all.filter((task) => task.isKept && isMeant(task));
  }
}
