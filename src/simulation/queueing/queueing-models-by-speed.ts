import type { Workload } from '../../workload/workload-parameters';
import type { QueueingModel } from './latency';
import { queueingModelAtSpeed } from './queueing-model';

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
    const created = queueingModelAtSpeed(this.workload, this.vcpu, relativeSpeed);
    this.models.set(relativeSpeed, created);
    return created;
  }
}
