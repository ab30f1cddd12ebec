import type { QueueingModelsBySpeed } from '../queueing/queueing-models-by-speed';
import type { SimulatedTask } from '../tasks/simulated-task';
import type { ReportingTasks } from '../tasks/task-counts';
import { GroupList } from './group-list';
import { type RequestResult, RequestTreatment, type TreatmentFields } from './request-treatment';
import type { TaskGroup } from './task-group';

/**
 * The tasks of a service in groups of those that are alike for the load balancer: those that get requests, and those that still have some
 * in flight. Only tasks that have changed move.
 */
export class AlikeTargets {
  /** The targets that new requests are sent to. */
  public readonly routed = new GroupList();
  /** Tasks that get no new requests, and complete those in flight. */
  public readonly draining = new GroupList();
  private readonly tasks = new Set<SimulatedTask>();
  private readonly healthyTargets = new Set<SimulatedTask>();
  private readonly groupOf = new Map<SimulatedTask, TaskGroup>();
  private readonly changed = new Set<SimulatedTask>();
  private areHealthyRouted = false;
  private areAllHeld = false;
  private mayHaveEnded = false;

  public constructor(
    tasks: ReportingTasks,
    private readonly queueingModels: QueueingModelsBySpeed,
  ) {
    tasks.onTaskChange((task) => this.changed.add(task));
  }

  /** To be called when tasks that get no new requests may have completed those in flight. */
  public onDrained(): void {
    this.mayHaveEnded = true;
  }

  /**
   * Moves the tasks that have changed to their groups.
   *
   * If no target is healthy, the load balancer sends requests to all of them (fail open).
   *
   * @param areAllHeld whether all requests wait for a dependency for longer than the idle timeout.
   */
  public refresh(areAllHeld: boolean): void {
    for (const task of this.changed) this.record(task);
    const areHealthyRouted = this.healthyTargets.size > 0;
    if (areHealthyRouted !== this.areHealthyRouted || areAllHeld !== this.areAllHeld) {
      this.areHealthyRouted = areHealthyRouted;
      this.areAllHeld = areAllHeld;
      for (const task of this.tasks) this.changed.add(task);
    }
    this.moveChanged();
    if (this.mayHaveEnded) this.removeDrained();
    this.mayHaveEnded = false;
    this.routed.placeChanged();
    this.draining.placeChanged();
    this.routed.uniteAlike((from, to) => this.moveAll(from, to));
    this.draining.uniteAlike((from, to) => this.moveAll(from, to));
  }

  /** Ends the slow start of the targets of a treatment. */
  public endSlowStart(treatment: RequestTreatment): void {
    for (const group of this.routed.groups) {
      if (group.treatment !== treatment) continue;
      for (const task of [...group.tasks]) task.update({ slowStartedAtSeconds: undefined });
    }
  }

  /** The requests in flight at a task; it has none any more. */
  public takeInFlightOf(task: SimulatedTask): number {
    const group = this.groupOf.get(task);
    if (group !== undefined) this.leave(task, group);
    this.changed.add(task);
    return group?.inFlightPerTask ?? 0;
  }

  /** The CPU time that a task has used for requests since its start. */
  public requestCpuSecondsOf(task: SimulatedTask): number {
    return task.requestCpuSeconds + (this.groupOf.get(task)?.cpuSecondsPerTask ?? 0);
  }

  private record(task: SimulatedTask): void {
    if (task.status === 'STOPPED') this.tasks.delete(task);
    else this.tasks.add(task);
    if (isTarget(task) && task.isHealthy) this.healthyTargets.add(task);
    else this.healthyTargets.delete(task);
  }

  private moveChanged(): void {
    for (const task of this.changed) this.move(task);
    this.changed.clear();
  }

  private move(task: SimulatedTask): void {
    const current = this.groupOf.get(task);
    const inFlightRequests = current?.inFlightPerTask ?? 0;
    const treatment = this.treatmentOf(task, inFlightRequests, current?.treatment);
    if (current !== undefined && current.treatment === treatment && current.isOverloaded === task.isOverloaded) return;
    if (current !== undefined) this.leave(task, current);
    if (treatment !== undefined) this.join(task, treatment, inFlightRequests);
  }

  /** The treatment of a task from now on; undefined if it neither gets requests nor has some. */
  private treatmentOf(task: SimulatedTask, inFlightRequests: number, current: RequestTreatment | undefined): RequestTreatment | undefined {
    if (task.status === 'STOPPED') return undefined;
    const isRouted = isTarget(task) && task.isHealthy === this.areHealthyRouted;
    if (!isRouted && inFlightRequests === 0) return undefined;
    const { relativeSpeed, cpuShare, isActive } = task;
    const requestResult = this.requestResultOf(task);
    const trafficShare = isRouted ? task.trafficShare : 0;
    const slowStartedAtSeconds = isRouted ? task.slowStartedAtSeconds : undefined;
    const fields = { isRouted, requestResult, relativeSpeed, cpuShare, isActive, trafficShare, slowStartedAtSeconds };
    if (current?.matches(fields) === true) return current;
    for (const treatment of this.listOf(fields).treatments) if (treatment.matches(fields)) return treatment;
    return new RequestTreatment(fields, requestResult === 'served' ? this.queueingModels.at(relativeSpeed, cpuShare) : undefined);
  }

  private requestResultOf({ isListening, isPaused }: SimulatedTask): RequestResult {
    if (!isListening) return 'refused';
    return isPaused || this.areAllHeld ? 'held' : 'served';
  }

  private listOf({ isRouted }: TreatmentFields): GroupList {
    return isRouted ? this.routed : this.draining;
  }

  private join(task: SimulatedTask, treatment: RequestTreatment, inFlightRequests: number): void {
    const list = this.listOf(treatment);
    const group = list.findOrCreate(treatment, inFlightRequests, task.isOverloaded);
    this.addTo(list, task, group);
  }

  private leave(task: SimulatedTask, group: TaskGroup): void {
    this.takeFrom(this.listOf(group.treatment), task, group);
    this.groupOf.delete(task);
  }

  /** What a group has used before a task joined it is not what the task has used. */
  private addTo(list: GroupList, task: SimulatedTask, group: TaskGroup): void {
    list.add(task, group);
    task.requestCpuSeconds -= group.cpuSecondsPerTask;
    this.groupOf.set(task, group);
  }

  private takeFrom(list: GroupList, task: SimulatedTask, group: TaskGroup): void {
    list.removeTask(task, group);
    task.requestCpuSeconds += group.cpuSecondsPerTask;
  }

  private moveAll(from: TaskGroup, to: TaskGroup): void {
    const list = this.listOf(from.treatment);
    for (const task of [...from.tasks]) {
      this.takeFrom(list, task, from);
      this.addTo(list, task, to);
    }
  }

  private removeDrained(): void {
    for (const group of this.draining.groups) {
      if (group.inFlightPerTask > 0) continue;
      for (const task of [...group.tasks]) this.leave(task, group);
    }
  }
}

/** Whether a task is a target of a target group that gets traffic. */
function isTarget({ isRegistered, trafficShare }: SimulatedTask): boolean {
  return isRegistered && trafficShare > 0;
}
