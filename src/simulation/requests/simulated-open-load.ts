import type { GroupList } from './group-list';
import type { RequestTreatment } from './request-treatment';
import { Responses } from './responses';
import { type OpenLoadParts, type OpenLoadStep, ServingStep } from './serving-step';
import type { TaskGroup } from './task-group';

/**
 * Sends requests at a constant rate to groups of tasks.
 *
 * The number in flight approaches rate × latency (Little's law). Above the capacity it grows until requests reach the idle timeout
 * of the load balancer.
 */
export class SimulatedOpenLoad {
  /** Whether the next step has the same result as the last, unless something changes. */
  public isSteady = true;
  /** Whether a group has completed its last requests in the last step. */
  public hasDrained = false;
  /** The share of the capacity of the last group that was in use in the last step; undefined if none served. */
  public utilization: number | undefined;
  /** The groups that have become overloaded in the last step, or no longer are. */
  public readonly changedGroups: TaskGroup[] = [];
  private readonly responses = new Responses();

  public constructor(private readonly parts: OpenLoadParts) {}

  /** Sends the requests of a step to the groups of a list. */
  public send(list: GroupList, step: OpenLoadStep): void {
    this.isSteady = true;
    this.hasDrained = false;
    this.utilization = undefined;
    this.changedGroups.length = 0;
    const { treatments } = list.columns;
    const { rows } = list;
    const { length } = list.groups;
    for (let from = 0, to = 0; from < length; from = to) {
      const treatment = treatments[rows[from]!]!;
      for (to = from + 1; to < length && treatments[rows[to]!] === treatment; ) to += 1;
      if (treatment.requestResult === 'served') this.sendToServing(list, { treatment, from, to }, step);
      else if (treatment.requestResult === 'refused') this.sendToRefusing(list, { treatment, from, to }, step);
    }
  }

  private sendToRefusing({ groups }: GroupList, { from, to }: Run, { perSecond, seconds }: OpenLoadStep): void {
    for (let index = from; index < to; index++) this.parts.counts.countRefused(perSecond * groups[index]!.shareOfGroup * seconds);
  }

  private sendToServing(list: GroupList, { treatment, from, to }: Run, step: OpenLoadStep): void {
    const { parts, responses } = this;
    const { inFlight } = list.columns;
    const { rows, groups } = list;
    const serving = new ServingStep(parts, list.columns, treatment, step);
    responses.clear();
    for (let index = from; index < to; index++) {
      const row = rows[index]!;
      if (inFlight[row] === 0 && !treatment.isRouted) continue;
      if (serving.changesOverload(row, responses)) this.changedGroups.push(groups[index]!);
    }
    serving.end(responses);
    this.isSteady &&= serving.isSteady;
    this.hasDrained ||= serving.hasDrained;
    this.utilization = serving.utilization ?? this.utilization;
  }
}

/** Groups of one treatment that follow each other. */
interface Run {
  readonly treatment: RequestTreatment;
  readonly from: number;
  readonly to: number;
}
