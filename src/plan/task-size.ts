/** What one task may use. */
export interface TaskSize {
  /** CPU units; 1,024 are one vCPU. */
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** CPU units are thousandths of a vCPU, as computers count. */
export const CPU_UNITS_PER_VCPU = 1024;

/** The share of a core that a task may use. */
export function vcpuOf(size: { readonly cpu: number; readonly memoryMiB?: number }): number {
  return size.cpu / CPU_UNITS_PER_VCPU;
}

/**
 * The memory that Fargate offers for each CPU size: least, most and step, in MiB.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const FARGATE_MEMORY_MIB: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, steps(1024, 4096, 1024)],
  [1024, steps(2048, 8192, 1024)],
  [2048, steps(4096, 16_384, 1024)],
  [4096, steps(8192, 30_720, 1024)],
  [8192, steps(16_384, 61_440, 4096)],
  [16_384, steps(32_768, 122_880, 8192)],
]);

/** The CPU sizes that Fargate offers, the smallest first. */
export const FARGATE_CPUS: readonly number[] = [...FARGATE_MEMORY_MIB.keys()];

/** The least memory that Fargate offers for a CPU size and that is enough; undefined where none is. */
export function leastMemoryMiB(cpu: number, enoughMiB: number): number | undefined {
  return FARGATE_MEMORY_MIB.get(cpu)?.find((memoryMiB) => memoryMiB >= enoughMiB);
}

/** Returns the sentence for a size that Fargate does not offer, if it is one. */
export function taskSizeMistakes(size: TaskSize): string[] {
  const memories = FARGATE_MEMORY_MIB.get(size.cpu);
  if (memories === undefined) {
    return [`cpu must be one of ${[...FARGATE_MEMORY_MIB.keys()].join(', ')} on Fargate, got ${size.cpu}`];
  }
  if (!memories.includes(size.memoryMiB)) {
    return [`memoryLimitMiB must be one of ${inWords(memories)} for cpu (${size.cpu}) on Fargate, got ${size.memoryMiB}`];
  }
  return [];
}

function steps(least: number, most: number, step: number): number[] {
  return Array.from({ length: (most - least) / step + 1 }, (_, index) => least + index * step);
}

function inWords(memories: readonly number[]): string {
  return memories.length <= 4 ? memories.join(', ') : `${memories[0]} to ${memories.at(-1)} in steps of ${memories[1]! - memories[0]!}`;
}
