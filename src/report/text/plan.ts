import type { Plan } from '../../plan/plan';
import { vcpuOf } from '../../plan/task-size';
import type { Workload } from '../../scenario/workload';
import { policyLines } from './policy';

/** The plan in the words of someone on call. */
export function planLines(plan: Plan): string[] {
  const { policy, task, healthCheck } = plan;
  return [
    `service   ${plan.service}: ${policy.minCapacity} to ${policy.maxCapacity} tasks of ${vcpuOf(task)} vCPU and ${task.memoryMiB} MiB`,
    ...policyLines(policy).map((line) => `policy    ${line}`),
    `health    GET ${healthCheck.path} every ${healthCheck.intervalSeconds} s, healthy after ${healthCheck.healthyThresholdCount}, ` +
      `unhealthy after ${healthCheck.unhealthyThresholdCount}; draining ${plan.deregistrationDelaySeconds} s`,
  ];
}

/** The workload as numbers that can be given to a forecast. */
export function workloadLine(workload: Workload): string {
  return `workload  ${workloadInWords(workload)}`;
}

/** What a request costs a task, in words and numbers. */
export function workloadInWords(workload: Workload): string {
  return (
    `${(workload.cpuSecondsPerRequest * 1000).toPrecision(3)} ms CPU per request, ${workload.fixedCores.toFixed(4)} cores fixed, ` +
    `${(workload.baseLatencySeconds * 1000).toFixed(1)} ms base latency, ${workload.startSeconds.toFixed(1)} s to start, ${workload.stopSeconds.toFixed(1)} s to stop`
  );
}
