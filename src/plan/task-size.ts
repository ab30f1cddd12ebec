import { type ValidationError, validationError } from '../parse/validation-error';

/** The CPU and memory of a task. */
export interface TaskSize {
  /** CPU units; 1,024 are one vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** CPU units of one vCPU. */
export const CPU_UNITS_PER_VCPU = 1024;

/** The vCPUs of a task. */
export function vcpuOf(size: { readonly cpu: number; readonly memoryMiB?: number }): number {
  return size.cpu / CPU_UNITS_PER_VCPU;
}

/**
 * The memory sizes that Fargate supports for each CPU size, in MiB.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const FARGATE_MEMORY_MIB: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, memorySizes(1024, 4096, 1024)],
  [1024, memorySizes(2048, 8192, 1024)],
  [2048, memorySizes(4096, 16_384, 1024)],
  [4096, memorySizes(8192, 30_720, 1024)],
  [8192, memorySizes(16_384, 61_440, 4096)],
  [16_384, memorySizes(32_768, 122_880, 8192)],
]);

/** The CPU sizes that Fargate supports, the smallest first. */
export const FARGATE_CPUS: readonly number[] = [...FARGATE_MEMORY_MIB.keys()];

/** The smallest memory size of a CPU size that is at least `neededMiB`; undefined if all are smaller. */
export function minMemoryMiB(cpu: number, neededMiB: number): number | undefined {
  return FARGATE_MEMORY_MIB.get(cpu)?.find((memoryMiB) => memoryMiB >= neededMiB);
}

/** Returns an error for CPU units that Fargate does not offer. */
export function cpuErrors(cpu: number): ValidationError[] {
  const sizes = [...FARGATE_MEMORY_MIB.keys()];
  return sizes.includes(cpu) ? [] : [validationError('cpu', `be one of ${sizes.join(', ')} on Fargate`, cpu)];
}

/** Returns an error for a size that Fargate does not offer. */
export function taskSizeErrors(size: TaskSize): ValidationError[] {
  const memories = FARGATE_MEMORY_MIB.get(size.cpu);
  if (memories === undefined) return cpuErrors(size.cpu);
  if (!memories.includes(size.memoryMiB)) {
    return [
      validationError(
        'memoryLimitMiB',
        [`be one of ${formatMemorySizes(memories)} for `, { path: 'cpu', value: size.cpu }, ' on Fargate'],
        size.memoryMiB,
      ),
    ];
  }
  return [];
}

function memorySizes(min: number, max: number, step: number): number[] {
  return Array.from({ length: (max - min) / step + 1 }, (_, index) => min + index * step);
}

function formatMemorySizes(memories: readonly number[]): string {
  return memories.length <= 4 ? memories.join(', ') : `${memories[0]} to ${memories.at(-1)} in steps of ${memories[1]! - memories[0]!}`;
}
