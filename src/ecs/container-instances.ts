import type { SeededRandom } from '../math/seeded-random';
import { type InstanceCapacity, neededInstances } from '../plan/instance-capacity';
import type { AwsBehavior } from '../scaling/aws-behavior';
import type { TaskClock } from './task-clock';

/** What the instances of a capacity provider need of a service. */
export interface ContainerInstancesParts {
  readonly capacity: InstanceCapacity;
  readonly behavior: AwsBehavior;
  readonly taskClock: TaskClock;
  readonly random: SeededRandom;
  /** Called with the new and the old number of instances of the group. */
  readonly onScaled: (from: number, to: number) => void;
}

interface ContainerInstance {
  readonly launchedAtSeconds: number;
  isRegistered: boolean;
  isEnded: boolean;
  readonly tasks: Set<object>;
}

/** https://aws.amazon.com/blogs/containers/deep-dive-on-amazon-ecs-cluster-auto-scaling/ */
const EVALUATION_SECONDS = 60;

/**
 * The instances below the tasks of an ECS service, which its capacity provider scales: a second loop, that follows the first one by
 * `CapacityProviderReservation`, the instances that are needed in percent of those that run.
 *
 * A task waits in PROVISIONING until an instance has room for it. Managed termination protection keeps an instance with tasks.
 */
export class ContainerInstances {
  private readonly instances: ContainerInstance[] = [];
  private readonly instanceOf = new Map<object, ContainerInstance>();
  private readonly waiting = new Map<object, () => void>();
  private secondsOfEnded = 0;
  private minutesBelowTarget = 0;
  private isStopped = false;

  public constructor(
    private readonly parts: ContainerInstancesParts,
    taskCount: number,
  ) {
    const { capacity } = parts;
    const needed = neededInstances(capacity, taskCount);
    for (let count = Math.min(capacity.maxInstances, Math.max(capacity.minInstances, needed)); count > 0; count--) this.add(true);
    this.evaluateLater();
  }

  /** The instances that run or are being launched. */
  public get count(): number {
    return this.instances.length;
  }

  /** Seconds of all instances since the start, which are billed. */
  public get instanceSeconds(): number {
    return this.instances.reduce((sum, each) => sum + this.secondsOf(each), this.secondsOfEnded);
  }

  /** `CapacityProviderReservation`, in percent; 200 if tasks wait and there is no instance. */
  public get reservationPercent(): number {
    const running = this.instances.filter(({ isRegistered }) => isRegistered).length;
    const needed = this.usedCount + Math.ceil(this.waiting.size / this.parts.capacity.tasksPerInstance);
    if (running === 0) return needed > 0 ? MAX_RESERVATION_PERCENT : 100;
    return (100 * needed) / running;
  }

  public stop(): void {
    this.isStopped = true;
  }

  /** Places a task on the fullest instance that has room; `start` is called when it is placed. */
  public place(task: object, start: () => void): void {
    this.waiting.set(task, start);
    this.placeWaiting();
  }

  /** The task has ended, or waits no longer: its place is free. */
  public release(task: object): void {
    this.waiting.delete(task);
    this.instanceOf.get(task)?.tasks.delete(task);
    if (this.instanceOf.delete(task)) this.placeWaiting();
  }

  private get usedCount(): number {
    return this.instances.filter(({ tasks }) => tasks.size > 0).length;
  }

  private placeWaiting(): void {
    for (const [task, start] of this.waiting) {
      const instance = this.fullestWithRoom;
      if (instance === undefined) return;
      this.waiting.delete(task);
      instance.tasks.add(task);
      this.instanceOf.set(task, instance);
      start();
    }
  }

  private get fullestWithRoom(): ContainerInstance | undefined {
    let fullest: ContainerInstance | undefined;
    for (const instance of this.instances) {
      const hasRoom = instance.isRegistered && instance.tasks.size < this.parts.capacity.tasksPerInstance;
      if (hasRoom && (fullest === undefined || instance.tasks.size > fullest.tasks.size)) fullest = instance;
    }
    return fullest;
  }

  private evaluateLater(): void {
    this.parts.taskClock.after(EVALUATION_SECONDS, () => {
      if (this.isStopped) return;
      this.evaluate();
      this.evaluateLater();
    });
  }

  /** One datapoint above the target scales out; fifteen below it, in a row, scale in. */
  private evaluate(): void {
    const { capacity, behavior } = this.parts;
    const { reservationPercent } = this;
    this.minutesBelowTarget = reservationPercent < capacity.targetCapacityPercent ? this.minutesBelowTarget + 1 : 0;
    if (reservationPercent > capacity.targetCapacityPercent) this.scaleOut();
    else if (this.minutesBelowTarget >= behavior.lowAlarmDatapoints) this.scaleIn();
  }

  private scaleOut(): void {
    const { capacity } = this.parts;
    const { tasksPerInstance, maxInstances, minStep, maxStep } = capacity;
    const needed = neededInstances(capacity, this.usedCount * tasksPerInstance + this.waiting.size);
    const missing = needed - this.count;
    if (missing <= 0) return;
    const added = Math.min(maxInstances - this.count, Math.min(maxStep, Math.max(minStep, missing)));
    if (added <= 0) return;
    this.parts.onScaled(this.count, this.count + added);
    for (let count = added; count > 0; count--) this.add(false);
  }

  /** Removes instances without tasks, the youngest first. */
  private scaleIn(): void {
    const { capacity } = this.parts;
    const needed = Math.max(capacity.minInstances, neededInstances(capacity, this.usedCount * capacity.tasksPerInstance));
    const idle = this.instances.filter(({ tasks, launchedAtSeconds }) => tasks.size === 0 && !this.isWarmingUp(launchedAtSeconds));
    const removed = idle.reverse().slice(0, Math.max(0, this.count - needed));
    if (removed.length === 0) return;
    this.parts.onScaled(this.count, this.count - removed.length);
    for (const instance of removed) this.end(instance);
    this.minutesBelowTarget = 0;
  }

  private isWarmingUp(launchedAtSeconds: number): boolean {
    return launchedAtSeconds > 0 && this.parts.taskClock.nowSeconds - launchedAtSeconds < this.parts.capacity.warmupSeconds;
  }

  private add(isRegistered: boolean): void {
    const { taskClock, random, behavior } = this.parts;
    const instance: ContainerInstance = { launchedAtSeconds: taskClock.nowSeconds, isRegistered, isEnded: false, tasks: new Set() };
    this.instances.push(instance);
    if (isRegistered) return;
    taskClock.after(random.lognormal(behavior.instanceSeconds), () => {
      if (instance.isEnded || this.isStopped) return;
      instance.isRegistered = true;
      this.placeWaiting();
    });
  }

  private end(instance: ContainerInstance): void {
    this.secondsOfEnded += this.secondsOf(instance);
    instance.isEnded = true;
    this.instances.splice(this.instances.indexOf(instance), 1);
  }

  private secondsOf({ launchedAtSeconds }: ContainerInstance): number {
    return this.parts.taskClock.nowSeconds - launchedAtSeconds;
  }
}

const MAX_RESERVATION_PERCENT = 200;
