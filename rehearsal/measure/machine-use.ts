import { availableParallelism, cpus } from 'node:os';
import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import type { LoadGenerator } from '../load-generator/load-generator';

/** How much of this machine was used in a period. */
export interface MachineUse {
  /** The cores of this machine. */
  readonly cores: number;
  /** The share of all cores that was in use, from 0 to 1. */
  readonly busyShare: number;
  /** The vCPU that this command used: the load balancer and the load generator. */
  readonly commandVcpu: number;
  /** The share of the time in which the thread of the load balancer was busy. */
  readonly loadBalancerShare: number;
  /** The share of the time in which the thread of the load generator was busy. */
  readonly loadGeneratorShare: number;
}

/** Measures the use of this machine from its creation, or from the last call of `take`. */
export class MachineUseMeter {
  private before: Reading;

  public constructor(private readonly generator: LoadGenerator) {
    this.before = this.read();
  }

  public take(): MachineUse {
    const { before } = this;
    const after = this.read();
    this.before = after;
    const seconds = (after.millis - before.millis) / 1000;
    const totalMillis = after.totalMillis - before.totalMillis;
    return {
      cores: availableParallelism(),
      busyShare: totalMillis === 0 ? 0 : 1 - (after.idleMillis - before.idleMillis) / totalMillis,
      commandVcpu: (after.commandSeconds - before.commandSeconds) / seconds,
      loadBalancerShare: performance.eventLoopUtilization(after.loadBalancer, before.loadBalancer).utilization,
      loadGeneratorShare: performance.eventLoopUtilization(after.loadGenerator, before.loadGenerator).utilization,
    };
  }

  private read(): Reading {
    const { user, system } = process.cpuUsage();
    const times = cpus().map(({ times: each }) => each);
    return {
      millis: performance.now(),
      commandSeconds: (user + system) / 1e6,
      idleMillis: times.reduce((sum, { idle }) => sum + idle, 0),
      totalMillis: times.reduce((sum, { user: used, nice, sys, idle, irq }) => sum + used + nice + sys + idle + irq, 0),
      loadBalancer: performance.eventLoopUtilization(),
      loadGenerator: this.generator.eventLoopUtilization,
    };
  }
}

interface Reading {
  readonly millis: number;
  readonly commandSeconds: number;
  readonly idleMillis: number;
  readonly totalMillis: number;
  readonly loadBalancer: EventLoopUtilization;
  readonly loadGenerator: EventLoopUtilization;
}
