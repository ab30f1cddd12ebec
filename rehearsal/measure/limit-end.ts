import { BUSY_SHARE } from './find-limit';
import type { MeasuredLimit } from './task-measurements';

/**
 * What ended the growth of the rate: the CPU of the task, the cores of this machine, the thread of the load generator or of the load
 * balancer of this command, failed requests, the number of users, or something that the task waits for.
 */
export type LimitEnd = 'task-cpu' | 'machine' | 'load-generator' | 'load-balancer' | 'failures' | 'users' | 'waiting';

/** If this share of all cores is in use, the machine has no more to give. */
const FULL_MACHINE_SHARE = 0.93;

/** What ended the growth of the rate that was measured with users who never pause. */
export function limitEndOf({ measurement, machine, failure, hasUntriedUsers = false }: MeasuredLimit, vcpu: number): LimitEnd {
  if (measurement.usedVcpu >= BUSY_SHARE * vcpu) return 'task-cpu';
  if (machine.busyShare >= FULL_MACHINE_SHARE) return 'machine';
  if (machine.loadBalancerShare >= FULL_MACHINE_SHARE) return 'load-balancer';
  if (machine.loadGeneratorShare >= FULL_MACHINE_SHARE) return 'load-generator';
  if (failure !== undefined) return 'failures';
  return hasUntriedUsers ? 'users' : 'waiting';
}
