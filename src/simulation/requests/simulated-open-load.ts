import type { GroupList } from './group-list';
import { type GroupRun, type OpenLoadParts, ServingStep } from './serving-step';
import type { TaskGroup } from './task-group';
import type { OpenLoadStep } from './task-load';

/**
 * Sends requests at a constant rate to groups of tasks.
 *
 * The number in flight approaches rate × latency (Little's law). Above the capacity it grows until requests reach the idle timeout
 * of the load balancer.
 */
export class SimulatedOpenLoad {
  private readonly servingStep: ServingStep;

  public constructor(private readonly parts: OpenLoadParts) {
    this.servingStep = new ServingStep(parts);
  }

  /** Whether the next step has the same result as the last, unless something changes. */
  public get isSteady(): boolean {
    return this.servingStep.isSteady;
  }

  /** Whether a group has completed its last requests in the last step. */
  public get hasDrained(): boolean {
    return this.servingStep.hasDrained;
  }

  /** The share of the capacity of the last group that was in use in the last step; undefined if none served. */
  public get utilization(): number | undefined {
    return this.servingStep.utilization;
  }

  /** The groups that have become overloaded in the last step, or no longer are. */
  public get changedGroups(): readonly TaskGroup[] {
    return this.servingStep.changedGroups;
  }

  /** Sends the requests of a step to the groups of a list. */
  public send(list: GroupList, step: OpenLoadStep): void {
    const { rows, groups, columns } = list;
    const { treatments } = columns;
    this.servingStep.begin();
    for (let from = 0, to = 0; from < groups.length; from = to) {
      const treatment = treatments[rows[from]!]!;
      for (to = list.hasOneTreatment ? groups.length : from + 1; to < groups.length && treatments[rows[to]!] === treatment; ) to += 1;
      const run = { list, treatment, from, to };
      if (treatment.requestResult === 'served') this.servingStep.sendTo(run, step);
      else if (treatment.requestResult === 'refused') this.refuse(run, step);
    }
  }

  private refuse({ list, from, to }: GroupRun, { perSecond, seconds }: OpenLoadStep): void {
    for (let index = from; index < to; index++) this.parts.counts.countRefused(perSecond * list.groups[index]!.shareOfGroup * seconds);
  }
}
