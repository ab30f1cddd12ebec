import { type TargetCounts, targetCountsOf } from '../../metrics/targets-of-groups';
import type { TaskSize } from '../../plan/task-size';
import { vcpuOf } from '../../plan/task-size';
import type { Workload } from '../../workload/workload-parameters';
import { OrderedSum } from './ordered-sum';
import type { SimulatedTask } from './simulated-task';

/** The properties that tasks are counted by. */
interface Counts {
  healthy: number;
  /** Healthy targets with a traffic share above 0. */
  receivingTraffic: number;
  /** Registered targets with a traffic share above 0. */
  registered: number;
  /** Those of both that are in the target group of the new revision, while a deployment shifts the traffic. */
  receivingTrafficInNewGroup: number;
  registeredInNewGroup: number;
  billed: number;
  /** Tasks whose container runs, also while they stop. */
  runningContainers: number;
  /** Those of them that drain or stop. */
  drainingContainers: number;
}

const COUNTED = [
  'healthy',
  'receivingTraffic',
  'registered',
  'receivingTrafficInNewGroup',
  'registeredInNewGroup',
  'billed',
  'runningContainers',
  'drainingContainers',
] as const;

const NONE: Readonly<Counts> = {
  healthy: 0,
  receivingTraffic: 0,
  registered: 0,
  receivingTrafficInNewGroup: 0,
  registeredInNewGroup: 0,
  billed: 0,
  runningContainers: 0,
  drainingContainers: 0,
};

/** Tasks that can report their changes. */
export interface ReportingTasks {
  /** From now on calls a function with each task that is added, has changed or is STOPPED. */
  onTaskChange(listener: (task: SimulatedTask) => void): void;
}

/** How many tasks there are in each state, and the CPU that they use without requests. Only tasks that have changed are counted again. */
export class TaskCounts {
  private readonly counts: Counts = { ...NONE };
  /** What each task counts for now. */
  private readonly countsOfTask = new Map<SimulatedTask, Readonly<Counts>>();
  private readonly idleVcpuSum = new OrderedSum();
  private readonly drainingIdleVcpuSum = new OrderedSum();
  private readonly changed = new Set<SimulatedTask>();
  private hasCounted = false;
  /** The share of the traffic that each target of a target group gets. */
  private readonly shareOfTarget = { old: 1, new: 1 };

  /** @param tasks without a task yet. */
  public constructor(
    private readonly workload: Workload,
    private readonly size: TaskSize,
    tasks: ReportingTasks,
  ) {
    tasks.onTaskChange((task) => this.changed.add(task));
  }

  /** Counts the tasks that have changed since the last call. */
  public refresh(): void {
    this.hasCounted = true;
    for (const task of this.changed) this.count(task);
    this.changed.clear();
  }

  public get all(): Readonly<Counts> {
    if (!this.hasCounted) this.refresh();
    return this.counts;
  }

  /** The targets that all requests are divided by. */
  public get targets(): TargetCounts {
    const { receivingTraffic, registered, receivingTrafficInNewGroup, registeredInNewGroup } = this.all;
    // outside a traffic shift there is one group.
    if (registeredInNewGroup === 0) return { healthy: receivingTraffic || registered, registered };
    const { shareOfTarget } = this;
    return targetCountsOf([
      {
        healthy: receivingTraffic - receivingTrafficInNewGroup,
        registered: registered - registeredInNewGroup,
        shareOfTarget: shareOfTarget.old,
      },
      { healthy: receivingTrafficInNewGroup, registered: registeredInNewGroup, shareOfTarget: shareOfTarget.new },
    ]);
  }

  /** The vCPU that the tasks use without requests. */
  public get idleVcpu(): number {
    return this.idleVcpuSum.total;
  }

  /** The same for those that drain or stop. */
  public get drainingIdleVcpu(): number {
    return this.drainingIdleVcpuSum.total;
  }

  private count(task: SimulatedTask): void {
    const before = this.countsOfTask.get(task) ?? NONE;
    const after = countsOf(task);
    for (const name of COUNTED) this.counts[name] += after[name] - before[name];
    if (after.registered > 0) this.shareOfTarget[task.isInNewTargetGroup ? 'new' : 'old'] = task.trafficShare;
    if (task.status === 'STOPPED') this.countsOfTask.delete(task);
    else this.countsOfTask.set(task, after);
    const idleVcpu = this.idleVcpuOf(task);
    this.idleVcpuSum.set(task.number, idleVcpu);
    this.drainingIdleVcpuSum.set(task.number, task.isActive ? 0 : idleVcpu);
  }

  /** A task that starts uses all its CPU, a paused one none. */
  private idleVcpuOf(task: SimulatedTask): number {
    if (!task.isContainerRunning || task.pauseFaultCount > 0 || task.status === 'STOPPED') return 0;
    return task.isListening ? this.workload.idleVcpu : task.cpuShare * vcpuOf(this.size);
  }
}

function countsOf(task: SimulatedTask): Readonly<Counts> {
  if (task.status === 'STOPPED') return NONE;
  const isRegistered = task.trafficShare > 0 && task.isRegistered;
  const isReceivingTraffic = task.trafficShare > 0 && task.isHealthy;
  return {
    healthy: Number(task.isHealthy),
    receivingTraffic: Number(isReceivingTraffic),
    registered: Number(isRegistered),
    receivingTrafficInNewGroup: Number(isReceivingTraffic && task.isInNewTargetGroup),
    registeredInNewGroup: Number(isRegistered && task.isInNewTargetGroup),
    billed: Number(task.isBilled),
    runningContainers: Number(task.isContainerRunning),
    drainingContainers: Number(task.isContainerRunning && !task.isActive),
  };
}
