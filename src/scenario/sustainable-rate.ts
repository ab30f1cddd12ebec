import { isCpuUtilization } from '../plan/metric';
import type { Plan } from '../plan/plan';
import { type TaskSize, vcpuOf } from '../plan/task-size';
import type { Workload } from './workload';

/** The CPU that a task shall use where no policy says: half, as the rest carries the load until more tasks serve. */
export const CPU_WITHOUT_TARGET_PERCENT = 50;

/** The requests per second at which a task uses so much of its CPU; 0 where it needs that much for itself. */
export function rateAtCpu(task: TaskSize, workload: Workload, cpuPercent: number): number {
  return Math.max(0, ((cpuPercent / 100) * vcpuOf(task) - workload.fixedCores) / workload.cpuSecondsPerRequest);
}

/** The requests per second at which a task of this workload reaches the CPU target of its plan; 0 where it never can. */
export function sustainableRequestsPerSecond(plan: Plan, workload: Workload): number {
  const cpu = plan.policy.targetTracking.find((tracking) => isCpuUtilization(tracking.metric));
  return rateAtCpu(plan.task, workload, cpu?.targetValue ?? CPU_WITHOUT_TARGET_PERCENT);
}
