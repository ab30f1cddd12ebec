import type { MeasuredLimit } from './task-measurements';

/** More than this share of what the machine can do makes requests late, and another program needs the rest now and then. */
const USABLE_SHARE = 0.8;

/**
 * The highest rate that this machine can send, balance and serve.
 *
 * Every request needs CPU of the load generator and of the load balancer, which have a thread each, and of a task. What other programs used
 * during the measurement is not available.
 *
 * @param taskCount how many tasks were measured.
 * @param cpuSecondsPerRequest what a request costs a task.
 * @returns requests per second, of all tasks together.
 */
export function machineRequestsPerSecond(
  { measurement, machine }: Pick<MeasuredLimit, 'measurement' | 'machine'>,
  taskCount: number,
  cpuSecondsPerRequest: number,
): number {
  const measuredRate = measurement.requestsPerSecond * taskCount;
  const tasksVcpu = measurement.usedVcpu * taskCount;
  const otherVcpu = Math.max(0, machine.cores * machine.busyShare - machine.commandVcpu - tasksVcpu);
  const availableVcpu = Math.max(0, machine.cores - otherVcpu);
  const commandSecondsPerRequest = machine.commandVcpu / measuredRate;
  const busiestThreadShare = Math.max(machine.loadBalancerShare, machine.loadGeneratorShare);
  return USABLE_SHARE * Math.min(availableVcpu / (cpuSecondsPerRequest + commandSecondsPerRequest), measuredRate / busiestThreadShare);
}
