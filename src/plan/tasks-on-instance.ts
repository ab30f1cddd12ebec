import type { TaskSize } from './task-size';

/**
 * The share of the memory of an instance type that its operating system reports: the rest is that of the hypervisor and the kernel.
 *
 * Karpenter assumes the same: https://karpenter.sh/docs/reference/settings/ (vmMemoryOverheadPercent 0.075).
 */
const REPORTED_SHARE = 1 - 0.075;

/** What the container agent keeps for itself, which `ECS_RESERVED_MEMORY` has ECS take off (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html). */
export const AGENT_MEMORY_MIB = 64;

/** The CPU and memory that tasks can have on an instance of a size. */
export function sizeForTasks({ cpu, memoryMiB }: TaskSize): TaskSize {
  return { cpu, memoryMiB: Math.floor(memoryMiB * REPORTED_SHARE) - AGENT_MEMORY_MIB };
}

/**
 * The network interfaces of an instance by its size, for families of this decade
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html).
 */
const INTERFACES_OF_SIZE: Readonly<Record<string, number>> = {
  medium: 2,
  large: 3,
  xlarge: 4,
  '2xlarge': 4,
  '4xlarge': 8,
  '8xlarge': 8,
  '12xlarge': 8,
  '16xlarge': 15,
  '24xlarge': 15,
};

/** Those of burstable instances. */
const INTERFACES_OF_BURSTABLE: Readonly<Record<string, number>> = {
  nano: 2,
  micro: 2,
  small: 3,
  medium: 3,
  large: 3,
  xlarge: 4,
  '2xlarge': 4,
};

/** T2 has no more with its larger sizes. */
const INTERFACES_OF_LARGE_T2 = 3;

/** The network interfaces of an instance type; undefined for a type whose number is not known here. */
export function interfacesOf(type: string): number | undefined {
  const [family = '', size = ''] = type.split('.');
  if (family === 't2' && size.endsWith('xlarge')) return INTERFACES_OF_LARGE_T2;
  return (family.startsWith('t') ? INTERFACES_OF_BURSTABLE : INTERFACES_OF_SIZE)[size];
}

/** The number of tasks that fit on an instance: by CPU, by memory, and by network interfaces, of which the instance needs one itself. */
export function tasksOnInstance(task: TaskSize, instance: TaskSize, interfaces: number | undefined): number {
  const { cpu, memoryMiB } = sizeForTasks(instance);
  const byInterfaces = interfaces === undefined ? Number.POSITIVE_INFINITY : interfaces - 1;
  return Math.min(Math.floor(cpu / task.cpu), Math.floor(memoryMiB / task.memoryMiB), byInterfaces);
}
