import { vcpuOf } from '../../src/plan/task-size';
import { type FleetCounters, NOTHING_COUNTED } from '../../src/scaling/fleet';
import type { Chance } from '../../src/scenario/chance';
import { launchTime } from '../../src/scenario/launch-time';
import { provisioningChance, type Scenario } from '../../src/scenario/scenario';
import type { WatchedFleet } from '../../src/scenario/watched-fleet';
import type { Time } from '../../src/time/time';
import type { LoadBalancer } from './load-balancer/load-balancer';
import { RehearsedTask, START_LIMIT_SECONDS, type TaskParts } from './rehearsed-task';
import { Slot } from './slot';
import { exitInWords } from './tasks/task-exit';
import type { TaskRuntime } from './tasks/task-runtime';

/** Tasks that fail this often in a row before they were ever healthy will not do better the next time. */
const FAILED_STARTS = 3;

/** What a fleet of processes stands on. */
export interface ProcessFleetParts {
  readonly time: Time;
  readonly scenario: Scenario;
  readonly runtime: TaskRuntime;
  readonly balancer: LoadBalancer;
  /** Told when no task can be started any more. */
  readonly onFailure: (failure: Error) => void;
  /** Told when a task ends that nobody had let go of. */
  readonly onTaskLost?: (how: string) => void;
  /** Told when a task is healthy that took the place of another. */
  readonly onReplaced?: () => void;
}

/** A fleet of real processes behind a real load balancer, treated as ECS treats its tasks. */
export class ProcessFleet implements WatchedFleet {
  private readonly slots: Slot[] = [];
  private readonly provisioning: Chance;
  private readonly taskParts: TaskParts;
  private desiredCount = 0;
  private mostSoFar = 0;
  private failedStarts = 0;
  /** Tasks that were lost and whose replacement is not healthy yet. */
  private missing = 0;
  private isStopped = false;

  public constructor(private readonly parts: ProcessFleetParts) {
    const { plan } = parts.scenario;
    this.provisioning = provisioningChance(parts.scenario);
    this.taskParts = { ...parts, healthCheckPath: plan.healthCheck.path, startLimitSeconds: START_LIMIT_SECONDS };
  }

  public get runningCount(): number {
    return this.inState('running').length;
  }

  public get healthyCount(): number {
    return this.parts.balancer.healthyCount;
  }

  public get mostRunning(): number {
    return this.mostSoFar;
  }

  public get isSteady(): boolean {
    return this.runningCount === this.desiredCount && this.inState('provisioning', 'stopping').length === 0;
  }

  /** A rehearsal begins with the tasks of one revision and ends with them. */
  public get isDeploying(): boolean {
    return false;
  }

  public get counters(): FleetCounters {
    return {
      ...NOTHING_COUNTED,
      ...this.parts.balancer.counters,
      cpuSeconds: total(this.slots, (slot) => slot.task?.cpuSeconds ?? 0),
      cpuCapacitySeconds: vcpuOf(this.parts.scenario.plan.task) * total(this.slots, (slot) => slot.task?.ranSeconds ?? 0),
    };
  }

  public get taskSeconds(): number {
    return total(this.slots, (slot) => slot.paidSeconds);
  }

  /** Starts the first tasks without delay, waits until all are healthy, and counts their time from then on. */
  public async begin(desiredCount: number): Promise<void> {
    this.desiredCount = desiredCount;
    const slots = Array.from({ length: desiredCount }, () => this.addSlot());
    await Promise.all(slots.map((slot) => this.start(slot)));
    for (const slot of slots) slot.restartClock();
  }

  public setDesiredCount(desiredCount: number): void {
    this.desiredCount = desiredCount;
    if (this.isStopped) return;
    const kept = this.inState('provisioning', 'running');
    for (let count = kept.length; count < desiredCount; count++) this.launch();
    // the youngest go first: they may not even serve yet.
    for (const slot of kept.slice(desiredCount).reverse()) this.remove(slot);
  }

  /** Starts and replaces nothing any more. The processes are ended by whoever started them. */
  public stop(): void {
    this.isStopped = true;
    for (const slot of this.slots) slot.cancelStart();
  }

  private launch(): void {
    const slot = this.addSlot();
    const delaySeconds = this.provisioning.around(launchTime(this.parts.scenario));
    slot.cancelStart = this.parts.time.after(delaySeconds, () => {
      this.start(slot).catch((failure: Error) => this.takeFailedStart(slot, failure));
    });
  }

  private async start(slot: Slot): Promise<void> {
    slot.task = await RehearsedTask.start(this.taskParts, () => this.replace(slot));
    // it may have been let go of while its process was being started.
    if (slot.state !== 'provisioning') return slot.task.leave(0, 0);
    slot.state = 'running';
    this.mostSoFar = Math.max(this.mostSoFar, this.runningCount);
    await slot.task.untilHealthy();
    this.failedStarts = 0;
    if (this.missing > 0) {
      this.missing -= 1;
      this.parts.onReplaced?.();
    }
    void slot.task.exited.then((exit) => {
      if (slot.state === 'running' && !this.isStopped) this.parts.onTaskLost?.(exitInWords(exit));
      this.replace(slot);
    });
  }

  /** A task that died or fails its health checks is replaced at once; what the desired count is stays. */
  private replace(slot: Slot): void {
    if (slot.state !== 'running') return;
    this.remove(slot);
    this.missing += 1;
    this.setDesiredCount(this.desiredCount);
  }

  private remove(slot: Slot): void {
    if (this.isStopped) return;
    const { deregistrationDelaySeconds, container } = this.parts.scenario.plan;
    // what a process needs to shut down cannot be sped up: the stop timeout runs on the wall clock.
    void slot.empty(deregistrationDelaySeconds, container.stopTimeoutSeconds);
  }

  private takeFailedStart(slot: Slot, failure: Error): void {
    if (slot.state === 'stopping' || slot.state === 'stopped' || this.isStopped) return;
    this.failedStarts += 1;
    this.remove(slot);
    if (this.failedStarts >= FAILED_STARTS) this.parts.onFailure(failure);
    else this.setDesiredCount(this.desiredCount);
  }

  private addSlot(): Slot {
    const slot = new Slot(this.parts.time);
    this.slots.push(slot);
    return slot;
  }

  private inState(...states: Slot['state'][]): Slot[] {
    return this.slots.filter((slot) => states.includes(slot.state));
  }
}

function total<Item>(list: readonly Item[], amountOf: (item: Item) => number): number {
  return list.reduce((sum, item) => sum + amountOf(item), 0);
}
