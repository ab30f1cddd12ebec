import type { Workload } from '../../workload/workload-parameters';
import type { QueueingModel } from './latency';
import { queueingModelAtSpeed } from './queueing-model';

/** The share of its vCPUs that a task has for requests, however little is left beside what it uses without. */
const MIN_VCPU_SHARE_FOR_REQUESTS = 0.01;

/** The queueing models of a task at shares of its speed. */
export class QueueingModelsBySpeed {
  private readonly models = new Map<number, QueueingModel>();
  private readonly modelsOfShares = new Map<number, QueueingModelsBySpeed>();

  public constructor(
    private readonly workload: Workload,
    private readonly vcpu: number,
  ) {}

  /** @param cpuShare the share of its vCPUs that the task can use. */
  public at(relativeSpeed: number, cpuShare = 1): QueueingModel {
    if (cpuShare !== 1) return this.ofShare(cpuShare).at(relativeSpeed);
    const existing = this.models.get(relativeSpeed);
    if (existing !== undefined) return existing;
    const created = queueingModelAtSpeed(this.workload, this.vcpu, relativeSpeed);
    this.models.set(relativeSpeed, created);
    return created;
  }

  /** A task always has a little more CPU than it uses without requests. */
  private ofShare(cpuShare: number): QueueingModelsBySpeed {
    const existing = this.modelsOfShares.get(cpuShare);
    if (existing !== undefined) return existing;
    const vcpu = Math.max(cpuShare * this.vcpu, MIN_VCPU_SHARE_FOR_REQUESTS * this.vcpu + this.workload.idleVcpu);
    const created = new QueueingModelsBySpeed(this.workload, vcpu);
    this.modelsOfShares.set(cpuShare, created);
    return created;
  }
}
