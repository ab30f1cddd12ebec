import type { MachineUse } from '../../../rehearsal/measure/machine-use';
import type { MeasuredLimit } from '../../../rehearsal/measure/task-measurements';

/** A machine with enough to spare. */
export const QUIET_MACHINE: MachineUse = { cores: 4, busyShare: 0.3, commandVcpu: 0.4, loadBalancerShare: 0.3, loadGeneratorShare: 0.2 };

/** The limit of a task of 0.25 vCPU, at a share of its CPU. */
export function limitAt(
  requestsPerSecond: number,
  cpuShare: number,
  { machine, ...changes }: Partial<Omit<MeasuredLimit, 'machine'>> & { readonly machine?: Partial<MachineUse> } = {},
): MeasuredLimit {
  const measurement = { requestsPerSecond, usedVcpu: 0.25 * cpuShare, latencySeconds: 0.01 };
  return { usersPerTask: 16, measurement, machine: { ...QUIET_MACHINE, ...machine }, ...changes };
}
