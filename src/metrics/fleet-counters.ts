/**
 * The counters of a fleet since its start. Seconds are those in which requests were really served: simulated seconds in a
 * forecast, and seconds of the wall clock in a rehearsal, at any speed of its scenario.
 */
export interface FleetCounters {
  /** Seconds that have passed. */
  readonly seconds: number;
  /** Requests that were sent to a task. */
  readonly requests: number;
  /** CPU time that the tasks used, in vCPU-seconds. */
  readonly cpuSeconds: number;
  /** CPU time that the running tasks were allowed to use, in vCPU-seconds. */
  readonly cpuCapacitySeconds: number;
  /** Memory that the tasks used, in MiB-seconds. */
  readonly memoryMiBSeconds: number;
  /** Memory that the running tasks were allowed to use, in MiB-seconds; 0 if memory is not measured: its metric then has no datapoint. */
  readonly memoryCapacityMiBSeconds: number;
  /** What tasks that drain or stop used of the CPU time. */
  readonly drainingCpuSeconds: number;
  /** What tasks that drain or stop were allowed to use of the CPU time. */
  readonly drainingCpuCapacitySeconds: number;
  /** What tasks that drain or stop used of the memory. */
  readonly drainingMemoryMiBSeconds: number;
  /** What tasks that drain or stop were allowed to use of the memory. */
  readonly drainingMemoryCapacityMiBSeconds: number;
  /** Healthy targets, in target-seconds: the registered ones while none is healthy, and at least one. */
  readonly healthyTargetSeconds: number;
  /** Registered targets of any health status, in target-seconds; at least one. */
  readonly registeredTargetSeconds: number;
  /** Responses that the tasks sent. */
  readonly responses: number;
  /** The sum of `TargetResponseTime` over all responses. */
  readonly responseSeconds: number;
  /** The sum over all responses of the median response time at that moment. */
  readonly p50ResponseSeconds: number;
  /** The sum over all responses of the 95th percentile of the response time at that moment. */
  readonly p95ResponseSeconds: number;
  /** The sum over all responses of the 99th percentile of the response time at that moment. */
  readonly p99ResponseSeconds: number;
  /** `CPUCreditBalance` of all burstable instances, in credit-seconds; 0 without any. */
  readonly cpuCreditSeconds: number;
  /** The seconds of these instances, in instance-seconds. */
  readonly cpuCreditInstanceSeconds: number;
}

/** The counters at the start of a fleet. */
export const ZERO_COUNTERS: FleetCounters = {
  seconds: 0,
  requests: 0,
  cpuSeconds: 0,
  cpuCapacitySeconds: 0,
  memoryMiBSeconds: 0,
  memoryCapacityMiBSeconds: 0,
  drainingCpuSeconds: 0,
  drainingCpuCapacitySeconds: 0,
  drainingMemoryMiBSeconds: 0,
  drainingMemoryCapacityMiBSeconds: 0,
  healthyTargetSeconds: 0,
  registeredTargetSeconds: 0,
  responses: 0,
  responseSeconds: 0,
  p50ResponseSeconds: 0,
  p95ResponseSeconds: 0,
  p99ResponseSeconds: 0,
  cpuCreditSeconds: 0,
  cpuCreditInstanceSeconds: 0,
};

const COUNTER_NAMES = Object.keys(ZERO_COUNTERS) as (keyof FleetCounters)[];

/** The differences between two snapshots of the counters. Each counter is named: this is computed for each datapoint and each row. */
export function countersBetween(before: FleetCounters, after: FleetCounters): FleetCounters {
  return {
    seconds: after.seconds - before.seconds,
    requests: after.requests - before.requests,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    cpuCapacitySeconds: after.cpuCapacitySeconds - before.cpuCapacitySeconds,
    memoryMiBSeconds: after.memoryMiBSeconds - before.memoryMiBSeconds,
    memoryCapacityMiBSeconds: after.memoryCapacityMiBSeconds - before.memoryCapacityMiBSeconds,
    drainingCpuSeconds: after.drainingCpuSeconds - before.drainingCpuSeconds,
    drainingCpuCapacitySeconds: after.drainingCpuCapacitySeconds - before.drainingCpuCapacitySeconds,
    drainingMemoryMiBSeconds: after.drainingMemoryMiBSeconds - before.drainingMemoryMiBSeconds,
    drainingMemoryCapacityMiBSeconds: after.drainingMemoryCapacityMiBSeconds - before.drainingMemoryCapacityMiBSeconds,
    healthyTargetSeconds: after.healthyTargetSeconds - before.healthyTargetSeconds,
    registeredTargetSeconds: after.registeredTargetSeconds - before.registeredTargetSeconds,
    responses: after.responses - before.responses,
    responseSeconds: after.responseSeconds - before.responseSeconds,
    p50ResponseSeconds: after.p50ResponseSeconds - before.p50ResponseSeconds,
    p95ResponseSeconds: after.p95ResponseSeconds - before.p95ResponseSeconds,
    p99ResponseSeconds: after.p99ResponseSeconds - before.p99ResponseSeconds,
    cpuCreditSeconds: after.cpuCreditSeconds - before.cpuCreditSeconds,
    cpuCreditInstanceSeconds: after.cpuCreditInstanceSeconds - before.cpuCreditInstanceSeconds,
  };
}

/** The counters, each multiplied by a factor. */
export function scaledCounters(counters: FleetCounters, factor: number): FleetCounters {
  const scaled: Record<keyof FleetCounters, number> = { ...ZERO_COUNTERS };
  for (const name of COUNTER_NAMES) scaled[name] = counters[name] * factor;
  return scaled;
}
