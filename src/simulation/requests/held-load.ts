import type { RoutingAlgorithm } from '../../plan/routing';
import type { HeldRequests } from './held-requests';
import type { RequestCounts } from './request-counts';
import type { RequestCpu } from './request-cpu';
import { requestsToHeldTargets } from './simulated-closed-load';
import type { Users } from './simulated-users';
import type { TaskGroup } from './task-group';

/** What requests to tasks that do not respond are counted by. */
export interface HeldLoadParts {
  readonly heldRequests: HeldRequests;
  readonly counts: RequestCounts;
  readonly cpu: RequestCpu;
  readonly cpuSecondsPerRequest: number;
  readonly algorithm: RoutingAlgorithm;
}

/** A step of users, some of which send to tasks that do not respond. */
export interface UsersStep {
  readonly users: Users;
  /** The rate of their requests, if none of them waited for such a task. */
  readonly perSecond: number;
  /** The share of the requests that these tasks get. */
  readonly heldShare: number;
  readonly seconds: number;
  readonly middleSeconds: number;
}

/** Sends requests to the tasks that do not respond, which hold them. */
export class HeldLoad {
  /** Whether requests were sent to such tasks. */
  public hasHeld = false;

  public constructor(private readonly parts: HeldLoadParts) {}

  /** Holds requests that users send; returns the request rate of the other tasks. */
  public holdOfUsers(groups: readonly TaskGroup[], { users, perSecond, heldShare, seconds, middleSeconds }: UsersStep): number {
    const requestCount = requestsToHeldTargets(users, perSecond, heldShare, seconds);
    const heldCount = this.hold(groups, requestCount, middleSeconds);
    if (heldCount < requestCount) return (perSecond * (users.count - heldCount)) / users.count;
    return (heldCount * (1 - heldShare)) / heldShare / seconds;
  }

  /** Holds requests that arrive at a second, at most as many as the load balancer sends to each task; returns how many. */
  public hold(groups: readonly TaskGroup[], requestCount: number, arrivalSeconds: number): number {
    if (requestCount === 0) return 0;
    this.hasHeld = true;
    const { heldRequests, counts, cpu, cpuSecondsPerRequest } = this.parts;
    let heldCount = 0;
    for (const group of groups) {
      if (group.requestResult !== 'held') continue;
      for (const task of group.tasks) {
        const count = Math.min(requestCount * group.shareOfTask, this.maxMoreAt(heldRequests.countOf(task), groups));
        heldRequests.add(task, arrivalSeconds, count);
        if (task.pauseFaultCount === 0) cpu.add(count * cpuSecondsPerRequest, group.treatment.isActive);
        heldCount += count;
      }
    }
    counts.countSent(heldCount);
    return heldCount;
  }

  /** With least outstanding requests, a task that does not respond gets no more requests than the others have in flight. */
  private maxMoreAt(heldCount: number, groups: readonly TaskGroup[]): number {
    if (this.parts.algorithm !== 'least_outstanding_requests') return Number.POSITIVE_INFINITY;
    const servingGroup = groups.find((group) => group.requestResult === 'served');
    return servingGroup === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Math.max(1, servingGroup.inFlightPerTask) - heldCount);
  }
}
