import { isCpuUtilization } from '../metrics/metric';
import type { Plan } from '../plan/service-plan';
import { type TaskSize, vcpuOf } from '../plan/task-size';
import type { Workload } from './workload-parameters';

/** The CPU time of a request. */
export type RequestCost = Pick<Workload, 'cpuSecondsPerRequest' | 'cpuSecondsPerWakeUp'>;

/** The CPU target that is assumed if no policy has one: half, so that the other half serves the load until more tasks do. */
export const ASSUMED_CPU_TARGET_PERCENT = 50;

/**
 * How many times `cpuSecondsPerRequest` a request costs at a utilization.
 *
 * A program that waits is woken up for a request, and a busy one finds the next request there. With w the CPU time of a wake-up, c that of
 * a request, and u the CPU in use as a share of what there is for requests, one costs c + w (1 − u). With ρ the share of the highest rate,
 * u = ρ (c + w (1 − u)) / c, so that one costs c (1 + w/c) / (1 + ρ w/c): c + w for the first request, c at the highest rate.
 *
 * @param utilization the rate as a share of the highest, from 0 to 1.
 */
export function costFactor({ cpuSecondsPerRequest, cpuSecondsPerWakeUp }: RequestCost, utilization: number): number {
  // exactly 1, and without a division for each step of a forecast.
  if (cpuSecondsPerWakeUp === 0) return 1;
  const wakeUpRatio = cpuSecondsPerWakeUp / cpuSecondsPerRequest;
  // a step without time has no utilization, and no requests.
  return utilization > 0 ? (1 + wakeUpRatio) / (1 + utilization * wakeUpRatio) : 1 + wakeUpRatio;
}

/** The vCPU that a task needs at a rate: more than it has if that is above the highest rate. */
export function neededVcpuAt(requestsPerSecond: number, workload: RequestCost & Pick<Workload, 'idleVcpu'>, vcpu: number): number {
  const vcpuOfRequests = requestsPerSecond * workload.cpuSecondsPerRequest;
  const utilization = Math.min(1, vcpuOfRequests / (vcpu - workload.idleVcpu));
  return vcpuOfRequests * costFactor(workload, utilization) + workload.idleVcpu;
}

/** The requests per second at which a task reaches a CPU percentage; 0 if an idle task uses that much. */
export function requestsPerSecondAtCpu(task: TaskSize, workload: Workload, cpuPercent: number): number {
  const vcpuOfRequests = (cpuPercent / 100) * vcpuOf(task) - workload.idleVcpu;
  const waitingShare = Math.max(0, 1 - vcpuOfRequests / (vcpuOf(task) - workload.idleVcpu));
  return Math.max(0, vcpuOfRequests / (workload.cpuSecondsPerRequest + workload.cpuSecondsPerWakeUp * waitingShare));
}

/** The requests per second at which a task of this workload reaches the CPU target of its plan; 0 if an idle task exceeds it. */
export function requestsPerSecondAtCpuTarget(plan: Plan, workload: Workload): number {
  const cpu = plan.policy.targetTracking.find((tracking) => isCpuUtilization(tracking.metric));
  return requestsPerSecondAtCpu(plan.task, workload, cpu?.targetValue ?? ASSUMED_CPU_TARGET_PERCENT);
}
