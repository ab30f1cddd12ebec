import { SeededRandom } from '../math/seeded-random';
import { startCountOf } from '../plan/service-plan';
import type { EventDetails, OutcomeEventKind } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import type { FleetCounters } from '../scaling/fleet';
import { ContainerInstances } from './container-instances';
import { CpuCreditAccounts, type CpuUsage } from './cpu-credit-accounts';
import type { ServiceScheduler } from './service-scheduler';
import type { ServiceTask } from './service-task';
import type { ServiceTasks } from './service-tasks';
import type { TaskClock } from './task-clock';

/** Makes the random numbers differ from others of the same seed. */
const SEED_SALT = 0xec2;

/** What the instances need of a fleet. */
export interface FleetInstancesParts<Task extends ServiceTask> {
  readonly scenario: Scenario;
  readonly taskClock: TaskClock;
  readonly tasks: ServiceTasks<Task>;
  readonly requests: { cpuUsageOf?(task: Task): CpuUsage | undefined; beforeTaskChange?(): void };
  readonly recordEvent: (kind: OutcomeEventKind, description: string, details?: EventDetails) => void;
}

/** What a fleet has because its tasks are EC2 instances, or run on some: CPU credits, a second loop, and interruptions. Nothing on Fargate. */
export class FleetInstances<Task extends ServiceTask> {
  private readonly containerInstances: ContainerInstances | undefined;
  private cpuCredits: CpuCreditAccounts<Task> | undefined;
  private isStopped = false;

  public constructor(private readonly parts: FleetInstancesParts<Task>) {
    this.containerInstances = this.startContainerInstances();
  }

  /** Begins to count CPU credits. To be called when the first tasks are there. */
  public startCpuCredits(onChange: () => void): void {
    const { scenario, requests, tasks, taskClock, recordEvent } = this.parts;
    const credits = scenario.plan.instances?.credits;
    if (credits === undefined || requests.cpuUsageOf === undefined) return;
    this.cpuCredits = new CpuCreditAccounts({
      credits,
      size: scenario.plan.task,
      loweringSeconds: scenario.behavior.creditLoweringSeconds,
      taskClock,
      instances: () => tasks.all,
      usageOf: (task) => requests.cpuUsageOf!(task),
      onLowered: (lowered) => {
        const subject = lowered.length === 1 ? 'an instance is' : `${lowered.length} instances are`;
        const numbers = lowered.map(({ number }) => number);
        recordEvent('cpu-credits-low', `${subject} short of CPU credits, and lowered to the baseline`, { tasks: numbers });
      },
      onShareChange: (changes) => {
        requests.beforeTaskChange?.();
        for (const { instance, cpuShare } of changes) {
          instance.update({ cpuShare });
          tasks.applySpeed(instance);
        }
        onChange();
      },
    });
  }

  /** The surplus CPU credits that are charged; undefined without burstable instances. */
  public get surplusCpuCredits(): number | undefined {
    return this.cpuCredits?.surplusCharged;
  }

  /** The seconds of the instances that tasks of ECS run on; undefined on Fargate. */
  public get billedSeconds(): number | undefined {
    return this.containerInstances?.instanceSeconds;
  }

  public withCpuCredits(counters: FleetCounters): FleetCounters {
    if (this.cpuCredits === undefined) return counters;
    const { creditSeconds, instanceSeconds } = this.cpuCredits;
    return { ...counters, cpuCreditSeconds: creditSeconds, cpuCreditInstanceSeconds: instanceSeconds };
  }

  /**
   * On Fargate the task gets SIGTERM with the notice. An instance is interrupted when the notice is over; with capacity rebalancing its replacement is
   * launched with the notice, and it ends before if that is healthy.
   */
  public interruptSpot(task: Task, scheduler: Pick<ServiceScheduler<Task>, 'replaceInterrupted'>): void {
    const { scenario, tasks, taskClock } = this.parts;
    const { instances } = scenario.plan;
    if (instances === undefined) {
      tasks.stop(task);
      return;
    }
    if (instances.capacityRebalance) scheduler.replaceInterrupted(task);
    taskClock.after(scenario.behavior.spotNoticeSeconds, () => {
      if (task.isActive && !this.isStopped) tasks.stop(task);
    });
  }

  /** Calls a function when an instance is warm: at once, but for one that an instance refresh has launched. */
  public onceWarm(task: Task, isRefreshing: boolean, then: () => void): void {
    const { scenario, taskClock } = this.parts;
    const seconds = isRefreshing ? (scenario.plan.instances?.refreshWarmupSeconds ?? 0) : 0;
    if (seconds === 0) {
      then();
      return;
    }
    task.update({ isWarmingUp: true });
    taskClock.after(seconds, () => {
      task.update({ isWarmingUp: false });
      then();
    });
  }

  public stop(): void {
    this.isStopped = true;
    this.cpuCredits?.stop();
  }

  private startContainerInstances(): ContainerInstances | undefined {
    const { scenario, taskClock, tasks, recordEvent } = this.parts;
    const { capacity } = scenario.plan;
    if (capacity === undefined) return undefined;
    const containerInstances = new ContainerInstances(
      {
        capacity,
        behavior: scenario.behavior,
        taskClock,
        random: new SeededRandom(scenario.seed ^ SEED_SALT),
        onScaled: (from, to) => recordEvent('instances-scaled', `the capacity provider set its instances from ${from} to ${to}`),
      },
      startCountOf(scenario.plan),
    );
    tasks.runOn(containerInstances);
    return containerInstances;
  }
}
