import { bisect } from '../math/bisect';
import { limitedPercentiles } from '../metrics/latency-percentiles';
import { DEFAULTS } from '../plan/default-plan';
import { FARGATE_CPUS, minMemoryMiB, type TaskSize, vcpuOf } from '../plan/task-size';
import type { Scenario } from '../run/scenario';
import type { QueueingModel } from '../simulation/queueing/latency';
import { queueingModelOf } from '../simulation/queueing/queueing-model';
import { reachedEnd } from '../traffic/traffic-phases';
import { neededVcpuAt, requestsPerSecondAtCpu } from '../workload/cpu-demand';
import { type Settings, settingsErrors, settingsKey } from './candidate';
import { type Objective, tasksLostAtOnce } from './objective';

/** The maximum number of tasks that is recommended. The quota of ECS is 5,000 for a service. */
export const MAX_TASKS = 1000;

/** The largest task that is recommended, unless the sizes are given. */
export const MAX_VCPU = 4;

const TARGETS_PERCENT = [40, 55, 70, 85];
const OUT_COOLDOWNS_SECONDS = [60, DEFAULTS.scaleOutCooldownSeconds, 300];
const IN_COOLDOWNS_SECONDS = [120, DEFAULTS.scaleInCooldownSeconds, 600];

/** A task size that can meet the objective, and how many such tasks the traffic needs. */
export interface SizeWithDemand extends Demand {
  readonly task: TaskSize;
}

/** The settings that a search evaluates: a few at first, then the neighbors of the best. */
export class SearchSpace {
  /** Sizes of which enough tasks can meet the objective, the smallest first; empty if no number of tasks is enough. */
  public readonly sizes: readonly SizeWithDemand[];
  private readonly peakRequestsPerSecond: number;

  /** @param cpus the task sizes to search, in CPU units; by default all of Fargate up to 4 vCPU. */
  public constructor(
    private readonly scenario: Scenario,
    private readonly objective: Objective,
    cpus: readonly number[] = FARGATE_CPUS.filter((cpu) => vcpuOf({ cpu }) <= MAX_VCPU),
  ) {
    this.peakRequestsPerSecond = peakRate(scenario);
    this.sizes = sizesUpTo(cpus.flatMap((cpu) => this.size(cpu)));
  }

  /** Settings of one size that are far apart. */
  public coarseSettings(size: SizeWithDemand): Settings[] {
    const [lowest, highest] = [this.minTasks, size.tasksAtPeak];
    const minimums = [...new Set([lowest, Math.ceil((2 * lowest + highest) / 3), Math.ceil((lowest + 2 * highest) / 3), highest])];
    const cooldowns = {
      scaleOutCooldownSeconds: DEFAULTS.scaleOutCooldownSeconds,
      scaleInCooldownSeconds: DEFAULTS.scaleInCooldownSeconds,
    };
    return minimums
      .filter((minCapacity) => minCapacity >= lowest)
      .flatMap((minCapacity) =>
        this.targets(size).flatMap((targetPercent) => this.settings(size, { minCapacity, targetPercent, ...cooldowns })),
      );
  }

  /** Settings that differ a little, most of them in one number. */
  public neighbors(settings: Settings): Settings[] {
    const size = this.sizes.find(({ task }) => task.cpu === settings.cpu)!;
    const { minCapacity, targetCpuUtilizationPercent: targetPercent, scaleOutCooldownSeconds, scaleInCooldownSeconds } = settings;
    const varied: VariedSettings = { minCapacity, targetPercent, scaleOutCooldownSeconds, scaleInCooldownSeconds };
    const changes: Partial<VariedSettings>[] = [
      ...stepsAround(minCapacity).map((step) => ({ minCapacity: minCapacity + step })),
      // a smaller minimum is often enough only with a lower target, which costs more if tasks are removed late.
      ...[10, 20].flatMap((step) =>
        IN_COOLDOWNS_SECONDS.map((seconds) => ({
          minCapacity: minCapacity - 1,
          targetPercent: targetPercent - step,
          scaleInCooldownSeconds: seconds,
        })),
      ),
      ...[-10, -5, 5, 10].map((step) => ({ targetPercent: targetPercent + step })),
      ...OUT_COOLDOWNS_SECONDS.map((seconds) => ({ scaleOutCooldownSeconds: seconds })),
      ...IN_COOLDOWNS_SECONDS.map((seconds) => ({ scaleInCooldownSeconds: seconds })),
    ];
    const found = changes.flatMap((change) => this.settings(size, { ...varied, ...change }));
    return found.filter((other) => settingsKey(other) !== settingsKey(settings));
  }

  /** Targets at which a task meets the latency, and the highest such target. */
  private targets({ task, maxRequestsPerSecondPerTask }: SizeWithDemand): number[] {
    const highest = Math.floor((100 * neededVcpuAt(maxRequestsPerSecondPerTask, this.scenario.workload, vcpuOf(task))) / vcpuOf(task));
    return [...TARGETS_PERCENT.filter((targetPercent) => targetPercent < highest), highest];
  }

  /** The smallest number of tasks of which one is left after the loss. */
  private get minTasks(): number {
    let tasks = 1 + (this.objective.tasksLost ?? 0);
    while (tasks - tasksLostAtOnce(this.objective, tasks, this.scenario.plan.zoneCount) < 1) tasks++;
    return tasks;
  }

  private size(cpu: number): SizeWithDemand[] {
    const { plan, workload } = this.scenario;
    const memoryMiB = minMemoryMiB(cpu, plan.task.memoryMiB);
    if (memoryMiB === undefined) return [];
    const task = { cpu, memoryMiB };
    if (vcpuOf(task) <= workload.idleVcpu) return [];
    const demand = demandOn(vcpuOf(task), this.scenario, this.objective);
    return demand.tasksAtPeak <= MAX_TASKS ? [{ task, ...demand }] : [];
  }

  /** The settings of a variation; none if its target is below what an idle task uses, or so high that a task at its target is too slow. */
  private settings(
    { task, maxRequestsPerSecondPerTask, tasksAtPeak }: SizeWithDemand,
    { targetPercent, ...varied }: VariedSettings,
  ): Settings[] {
    const rate = requestsPerSecondAtCpu(task, this.scenario.workload, targetPercent);
    if (rate <= 0 || rate > maxRequestsPerSecondPerTask) return [];
    const tasksAtTarget = Math.ceil(this.peakRequestsPerSecond / rate);
    // one more, so that the maximum does not limit scaling if the load is slightly above the peak.
    const maxCapacity = Math.max(varied.minCapacity, tasksAtPeak, tasksAtTarget) + 1;
    const settings = {
      ...task,
      ...varied,
      maxCapacity,
      targetCpuUtilizationPercent: targetPercent,
      requestsPerSecondPerTask: roundedDown(rate),
    };
    return varied.minCapacity < this.minTasks || maxCapacity > MAX_TASKS || settingsErrors(settings).length > 0 ? [] : [settings];
  }
}

/** The numbers that are varied for one size. */
interface VariedSettings {
  readonly minCapacity: number;
  readonly targetPercent: number;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
}

/** One task more or less, and an eighth of them if there are many. */
function stepsAround(tasks: number): number[] {
  const eighth = Math.round(tasks / 8);
  return eighth > 1 ? [-eighth, -1, 1, eighth] : [-1, 1];
}

/** The sizes up to the first one of which a single task is enough: a larger one costs more. */
function sizesUpTo(sizes: readonly SizeWithDemand[]): SizeWithDemand[] {
  const enough = sizes.findIndex(({ tasksAtPeak }) => tasksAtPeak === 1);
  return enough === -1 ? [...sizes] : sizes.slice(0, enough + 1);
}

/** A rate with two significant digits, rounded down. */
function roundedDown(rate: number): number {
  // a power is not the same number on every version of Node.
  const unit = Number(`1e${Math.floor(Math.log10(rate)) - 1}`);
  return Number((Math.floor(rate / unit + 1e-9) * unit).toPrecision(2));
}

/** How much a task of one size can serve under an objective, and how many of them the peak needs. */
export interface Demand {
  readonly queueingModel: QueueingModel;
  /** The highest rate that a task serves within the latency of the objective; 0 if there is none. */
  readonly maxRequestsPerSecondPerTask: number;
  /** Tasks that serve the peak within the latency, and still do after a loss; infinite if no number is enough. */
  readonly tasksAtPeak: number;
}

/** The highest share of its capacity that a task may be loaded with: beyond it the queue grows without end. */
const MAX_UTILIZATION = 0.98;

/** Bisection steps that find a rate to within a millionth of the capacity. */
const BISECTION_STEPS = 20;

/** The demand on tasks of one size. */
export function demandOn(vcpu: number, scenario: Scenario, objective: Objective): Demand {
  const queueingModel = queueingModelOf(scenario.workload, vcpu);
  const maxRequestsPerSecondPerTask = maxRate(queueingModel, objective);
  const needed = maxRequestsPerSecondPerTask > 0 ? Math.ceil(peakRate(scenario) / maxRequestsPerSecondPerTask) : Number.POSITIVE_INFINITY;
  return {
    queueingModel,
    maxRequestsPerSecondPerTask,
    tasksAtPeak: tasksWithSpares(Math.max(1, needed), objective, scenario.plan.zoneCount),
  };
}

/** The highest rate of requests: that of users who do not wait in a queue. */
export function peakRate({ traffic, workload }: Pick<Scenario, 'traffic' | 'workload'>): number {
  let highest = 0;
  for (const phase of traffic.phases) {
    const { kind, from, thinkSeconds, pacingSeconds = 0, requestsPerSecondBeside: beside } = phase;
    const cycleSeconds = Math.max(pacingSeconds, thinkSeconds + workload.baseLatencySeconds + workload.cpuSecondsPerRequest);
    const perSecond = Math.max(from, reachedEnd(phase)) / (kind === 'users' ? cycleSeconds : 1);
    highest = Math.max(highest, beside === undefined ? perSecond : perSecond + Math.max(beside.from, beside.to));
  }
  return Math.min(highest, traffic.clientLimitRequestsPerSecond ?? Number.POSITIVE_INFINITY);
}

function maxRate(queueingModel: QueueingModel, objective: Objective): number {
  const maxStableRate = MAX_UTILIZATION * queueingModel.capacityPerSecond;
  const limits = limitedPercentiles(objective);
  const isWithinLatency = (rate: number): boolean =>
    limits.every(({ name, limitMillis }) => 1000 * queueingModel.latencyAt(rate)[name] <= limitMillis);
  if (isWithinLatency(maxStableRate)) return maxStableRate;
  const { inside, outside } = bisect(isWithinLatency, maxStableRate, BISECTION_STEPS);
  // if even a single request is too slow, both bounds are near 0, and differ by the precision of the bisection only.
  return inside > outside * 0.5 ? inside : 0;
}

function tasksWithSpares(needed: number, { tasksLost = 0, zoneLost = false }: Objective, zones: number): number {
  // with one Availability Zone no number of tasks survives its loss: the result is infinite.
  const overZones = zoneLost ? Math.ceil((needed * zones) / (zones - 1)) : 0;
  return Math.max(needed + tasksLost, overZones);
}
