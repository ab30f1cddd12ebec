import { costFactor, type RequestCost } from '../../workload/cpu-demand';
import type { GroupList } from './group-list';
import type { RequestCounts } from './request-counts';
import type { RequestCpu } from './request-cpu';
import type { RequestTreatment } from './request-treatment';
import { Responses } from './responses';
import { StepColumns } from './step-columns';
import type { TaskGroup } from './task-group';
import { grownInFlight, type OpenLoadStep, TaskLoad } from './task-load';

/** What an open load is counted by. */
export interface OpenLoadParts {
  readonly counts: RequestCounts;
  readonly cpu: RequestCpu;
  readonly cost: RequestCost;
  /**
   * Whether the CPU time of each task is counted.
   *
   * @default false
   */
  readonly hasCpuCredits?: boolean;
  /** Tasks that take longer to respond than this, without the base latency, are overloaded. */
  readonly maxResponseSeconds: number;
}

/** Groups of one treatment that follow each other in a list. */
export interface GroupRun {
  readonly list: GroupList;
  readonly treatment: RequestTreatment;
  readonly from: number;
  readonly to: number;
}

/** Sends the requests of a step to groups that serve them with one treatment. What the groups have in common is computed once. */
export class ServingStep {
  /** Whether the next step has the same result, unless something changes. */
  public isSteady = true;
  /** Whether a group has no requests in flight any more. */
  public hasDrained = false;
  /** The groups that have become overloaded, or no longer are. */
  public readonly changedGroups: TaskGroup[] = [];
  /** The share of the capacity of the last group that was in use; undefined if none served. */
  public utilization: number | undefined;
  private readonly responses = new Responses();
  private readonly columns = new StepColumns();

  private readonly firstCostFactor: number;

  public constructor(private readonly parts: OpenLoadParts) {
    this.firstCostFactor = costFactor(parts.cost, 0);
  }

  /** To be called before the groups of a list. */
  public begin(): void {
    this.isSteady = true;
    this.hasDrained = false;
    this.changedGroups.length = 0;
    this.utilization = undefined;
  }

  public sendTo(run: GroupRun, step: OpenLoadStep): void {
    const load = new TaskLoad(run.treatment, step, this.parts.counts);
    const { list, from, to } = run;
    const { inFlight, counts } = list.columns;
    const { rows } = list;
    const { parts, responses, columns, firstCostFactor } = this;
    columns.reserve(to - from);
    const { completedRequests, inFlightAtEnd, responseSeconds } = columns;
    const { capacityPerSecond, capacity, arrivedRequests, steadyInFlight, outsideTask, minGrowth, timeoutInFlight, delaySeconds } = load;
    const { latency, isNoneLate } = load;
    const { mean } = latency;
    responses.clear();
    for (let index = from; index < to; index++) {
      const row = rows[index]!;
      const taskCount = counts[row]!;
      const previous = inFlight[row]!;
      const available = previous + arrivedRequests;
      const isGrowing = steadyInFlight - previous > minGrowth;
      const target = isGrowing ? grownInFlight(available, load, firstCostFactor) : steadyInFlight;
      // the requests to be completed in this step, so that only the target stays in flight.
      const due = available - target;
      const served = Math.min(capacity, due);
      const remaining = served < due ? available - served : target;
      const maxInFlight = Math.max(target, timeoutInFlight);
      const current = Math.min(remaining, maxInFlight);
      const waitSeconds = Math.max(0, current - steadyInFlight) / capacityPerSecond;
      const reachedShare = isGrowing ? Math.max(0, (current - outsideTask) / (steadyInFlight - outsideTask)) : 1;
      const lateShare = isNoneLate ? 0 : parts.counts.lateShare(load.latencyOfLate, delaySeconds, reachedShare);
      completedRequests[index - from] = taskCount * served;
      inFlightAtEnd[index - from] = current;
      responseSeconds[index - from] = mean + waitSeconds;
      responses.add(taskCount * served * (1 - lateShare), delaySeconds + waitSeconds, reachedShare);
      parts.counts.countFailed('HTTP 504', taskCount * (Math.max(0, remaining - maxInFlight) + served * lateShare));
    }
    parts.counts.countResponses(responses, latency);
    this.countRequests(run, arrivedRequests, capacity);
    const last = this.move(run);
    if (last !== undefined) this.utilization = completedRequests[last - from]! / (counts[rows[last]!]! * capacityPerSecond * step.seconds);
  }

  /** Counts the requests that were sent, and the CPU that those completed have used: a task that can complete more is woken up for some. */
  private countRequests({ list, treatment, from, to }: GroupRun, arrivedRequests: number, capacity: number): void {
    const { counts, cpu, cost, hasCpuCredits = false } = this.parts;
    const { cpuSecondsPerRequest, cpuSecondsPerWakeUp } = cost;
    const { completedRequests } = this.columns;
    for (let index = from; index < to; index++) {
      counts.countSent(list.columns.counts[list.rows[index]!]! * arrivedRequests);
      const completed = completedRequests[index - from]!;
      const factor = cpuSecondsPerWakeUp === 0 ? 1 : costFactor(cost, completed / (list.columns.counts[list.rows[index]!]! * capacity));
      const cpuSeconds = (factor * completed * cpuSecondsPerRequest) / treatment.relativeSpeed;
      cpu.add(cpuSeconds, treatment.isActive);
      if (hasCpuCredits) list.columns.cpuSeconds[list.rows[index]!]! += cpuSeconds / list.columns.counts[list.rows[index]!]!;
    }
  }

  /** Moves the numbers in flight to those at the end of the step; returns the index of the last group that had requests. */
  private move({ list, treatment, from, to }: GroupRun): number | undefined {
    const { inFlight, overloaded } = list.columns;
    const { rows } = list;
    const { inFlightAtEnd, responseSeconds } = this.columns;
    const { maxResponseSeconds, counts } = this.parts;
    let last: number | undefined;
    for (let index = from; index < to; index++) {
      const row = rows[index]!;
      const previous = inFlight[row]!;
      // no request was sent, and none was in flight.
      if (previous === 0 && !treatment.isRouted) continue;
      const current = inFlightAtEnd[index - from]!;
      inFlight[row] = current;
      this.isSteady &&= current === previous;
      this.hasDrained ||= current === 0;
      const isOverloaded = responseSeconds[index - from]! - counts.baseLatencySeconds > maxResponseSeconds;
      if (isOverloaded !== (overloaded[row] === 1)) this.changedGroups.push(list.groups[index]!);
      last = index;
    }
    return last;
  }
}
