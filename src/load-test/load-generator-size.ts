import { CPU_UNITS_PER_VCPU, FARGATE_CPUS, minMemoryMiB } from '../plan/task-size';
import type { LoadTestPlan } from './load-test-plan';
import type { LoadTestProps } from './load-test-props';
import { toolOf } from './program-files';

/** The size of a task, with the names of the CDK. */
export interface LoadGeneratorSize {
  readonly cpu: number;
  readonly memoryLimitMiB: number;
}

/** Twice what was measured with 2,000 users: 545 MiB in k6 1.8.1 (42 MiB with ten), 274 MiB in Locust 2.47.0 (51 MiB with ten). */
const MEMORY = { k6: { baseMiB: 256, perUserMiB: 0.5 }, locust: { baseMiB: 256, perUserMiB: 0.25 } } as const;

/** The size of the props, else one vCPU for each worker and memory for all users. */
export function loadGeneratorSizeOf(plan: LoadTestPlan, props: LoadTestProps): LoadGeneratorSize {
  const cpu = props.cpu ?? FARGATE_CPUS.find((units) => units >= plan.workers * CPU_UNITS_PER_VCPU) ?? FARGATE_CPUS.at(-1)!;
  const { baseMiB, perUserMiB } = MEMORY[toolOf(props)];
  const neededMiB = baseMiB * plan.workers + perUserMiB * peakUsersOf(plan);
  return { cpu, memoryLimitMiB: props.memoryLimitMiB ?? minMemoryMiB(cpu, neededMiB) ?? minMemoryMiB(cpu, 0)! };
}

function peakUsersOf({ phases = [], maxVUs }: LoadTestPlan): number {
  return phases.reduce((peak, [kind, from, to]) => Math.max(peak, ...(kind === 'users' ? [from, to] : [maxVUs])), 0);
}
