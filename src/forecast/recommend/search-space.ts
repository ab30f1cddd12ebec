import { DEFAULTS } from '../../plan/default-plan';
import { FARGATE_CPUS, leastMemoryMiB, type TaskSize, vcpuOf } from '../../plan/task-size';
import type { Scenario } from '../../scenario/scenario';
import { rateAtCpu } from '../../scenario/sustainable-rate';
import { type Demand, demandOn, peakRate } from './demand';
import { lostTasks, type Objective } from './objective';
import { nameOf, type Settings, settingsMistakes } from './settings';

/** No service is recommended more tasks: a quota of AWS allows 5,000, and long before that there are better ways. */
export const MOST_TASKS = 1000;

/** A task of more is a service that should have been several. */
export const MOST_VCPU = 4;

const TARGETS_PERCENT = [40, 55, 70, 85];
const OUT_COOLDOWNS_SECONDS = [60, DEFAULTS.scaleOutCooldownSeconds, 300];
const IN_COOLDOWNS_SECONDS = [120, DEFAULTS.scaleInCooldownSeconds, 600];

/** A size of task that can do what is asked for. */
export interface Size extends Demand {
  readonly task: TaskSize;
}

/** The settings among which a search looks: few at first, then the neighbours of the best. */
export class SearchSpace {
  /** Sizes of which enough tasks can do it, the smallest first. None is left where no number of tasks would be enough. */
  public readonly sizes: readonly Size[];
  private readonly peak: number;

  /** @param cpus the sizes to look at, in CPU units; undefined for all that Fargate offers up to 4 vCPU. */
  public constructor(
    private readonly scenario: Scenario,
    private readonly objective: Objective,
    cpus: readonly number[] = FARGATE_CPUS.filter((cpu) => vcpuOf({ cpu }) <= MOST_VCPU),
  ) {
    this.peak = peakRate(scenario);
    this.sizes = sizesUpTo(cpus.flatMap((cpu) => this.size(cpu)));
  }

  /** Settings that lie far apart, of one size. */
  public coarse(size: Size): Settings[] {
    const [least, most] = [this.leastTasks, size.tasksAtPeak];
    const minimums = [...new Set([least, Math.ceil((2 * least + most) / 3), Math.ceil((least + 2 * most) / 3), most])];
    const cooldowns = {
      scaleOutCooldownSeconds: DEFAULTS.scaleOutCooldownSeconds,
      scaleInCooldownSeconds: DEFAULTS.scaleInCooldownSeconds,
    };
    return minimums
      .filter((minCapacity) => minCapacity >= least)
      .flatMap((minCapacity) => this.targets(size).flatMap((percent) => this.settings(size, { minCapacity, percent, ...cooldowns })));
  }

  /** Settings that differ from others little, most of them in one thing. */
  public neighbours(settings: Settings): Settings[] {
    const size = this.sizes.find(({ task }) => task.cpu === settings.cpu)!;
    const { minCapacity, targetCpuUtilizationPercent: percent, scaleOutCooldownSeconds, scaleInCooldownSeconds } = settings;
    const turned: Turned = { minCapacity, percent, scaleOutCooldownSeconds, scaleInCooldownSeconds };
    const changes: Partial<Turned>[] = [
      ...stepsAround(minCapacity).map((step) => ({ minCapacity: minCapacity + step })),
      // a smaller minimum is often only enough where tasks are added sooner, and dear where they stay for long.
      ...[10, 20].flatMap((step) =>
        IN_COOLDOWNS_SECONDS.map((seconds) => ({
          minCapacity: minCapacity - 1,
          percent: percent - step,
          scaleInCooldownSeconds: seconds,
        })),
      ),
      ...[-10, -5, 5, 10].map((step) => ({ percent: percent + step })),
      ...OUT_COOLDOWNS_SECONDS.map((seconds) => ({ scaleOutCooldownSeconds: seconds })),
      ...IN_COOLDOWNS_SECONDS.map((seconds) => ({ scaleInCooldownSeconds: seconds })),
    ];
    const found = changes.flatMap((change) => this.settings(size, { ...turned, ...change }));
    return found.filter((other) => nameOf(other) !== nameOf(settings));
  }

  /** Targets that leave a task quick enough, and the highest that just does. */
  private targets({ task, ratePerTask }: Size): number[] {
    const { cpuSecondsPerRequest, fixedCores } = this.scenario.workload;
    const highest = Math.floor((100 * (ratePerTask * cpuSecondsPerRequest + fixedCores)) / vcpuOf(task));
    return [...TARGETS_PERCENT.filter((percent) => percent < highest), highest];
  }

  /** The fewest tasks of which one is left after the loss. */
  private get leastTasks(): number {
    let tasks = 1 + (this.objective.tasksLost ?? 0);
    while (tasks - lostTasks(this.objective, tasks, this.scenario.plan.zoneCount) < 1) tasks++;
    return tasks;
  }

  private size(cpu: number): Size[] {
    const { plan, workload } = this.scenario;
    const memoryMiB = leastMemoryMiB(cpu, plan.task.memoryMiB);
    if (memoryMiB === undefined) return [];
    const task = { cpu, memoryMiB };
    if (vcpuOf(task) <= workload.fixedCores) return [];
    const demand = demandOn(vcpuOf(task), this.scenario, this.objective);
    return demand.tasksAtPeak <= MOST_TASKS ? [{ task, ...demand }] : [];
  }

  /** None where the target is below what an idle task uses, or so high that a task at its target is too slow. */
  private settings({ task, ratePerTask, tasksAtPeak }: Size, { percent, ...turned }: Turned): Settings[] {
    const rate = rateAtCpu(task, this.scenario.workload, percent);
    if (rate <= 0 || rate > ratePerTask) return [];
    const atTarget = Math.ceil(this.peak / rate);
    // one more, so that neither target is held back by the bound where the load is a little above the peak.
    const maxCapacity = Math.max(turned.minCapacity, tasksAtPeak, atTarget) + 1;
    const settings = {
      ...task,
      ...turned,
      maxCapacity,
      targetCpuUtilizationPercent: percent,
      requestsPerSecondPerTask: readable(rate),
    };
    return turned.minCapacity < this.leastTasks || maxCapacity > MOST_TASKS || settingsMistakes(settings).length > 0 ? [] : [settings];
  }
}

interface Turned {
  readonly minCapacity: number;
  readonly percent: number;
  readonly scaleOutCooldownSeconds: number;
  readonly scaleInCooldownSeconds: number;
}

/** One task more or less, and for many tasks an eighth of them. */
function stepsAround(tasks: number): number[] {
  const eighth = Math.round(tasks / 8);
  return eighth > 1 ? [-eighth, -1, 1, eighth] : [-1, 1];
}

/** A size of which one task carries everything is the last one: a larger one costs more and can do no more. */
function sizesUpTo(sizes: readonly Size[]): Size[] {
  const enough = sizes.findIndex(({ tasksAtPeak }) => tasksAtPeak === 1);
  return enough === -1 ? [...sizes] : sizes.slice(0, enough + 1);
}

/** A rate with two digits, and never more than it was. */
function readable(rate: number): number {
  // a power is not the same number on every version of Node.
  const unit = Number(`1e${Math.floor(Math.log10(rate)) - 1}`);
  return Number((Math.floor(rate / unit + 1e-9) * unit).toPrecision(2));
}
