import type { Workload } from '../../workload/workload-parameters';
import type { QueueingModel } from './latency';
import { queueingModelOf } from './queueing-model';

/** The queueing models of a task at shares of its speed. */
export class QueueingModelsBySpeed {
  private readonly models = new Map<number, QueueingModel>();

  public constructor(
    private readonly workload: Workload,
    private readonly vcpu: number,
  ) {}

  public at(relativeSpeed: number): QueueingModel {
    const existing = this.models.get(relativeSpeed);
    if (existing !== undefined) return existing;
    const cpuSecondsPerRequest = this.workload.cpuSecondsPerRequest / relativeSpeed;
    // at full speed all runs of a workload share its model.
    const slowedWorkload = relativeSpeed === 1 ? this.workload : { ...this.workload, cpuSecondsPerRequest };
    const created = queueingModelOf(slowedWorkload, this.vcpu);
    this.models.set(relativeSpeed, created);
    return created;
  }
}
