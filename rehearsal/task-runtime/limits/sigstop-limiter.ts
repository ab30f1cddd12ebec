import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import type { Clock } from '../../../src/time/clock';
import { killGroup, signalGroup } from '../process/process-group';
import type { TaskChild } from '../process/task-child';
import { CpuQuota } from './cpu-quota';
import { ProcessTreeCpu, residentMemoryMiB } from './process-usage';
import type { LimitedChild, ResourceLimiter, ResourceLimits } from './resource-limiter';

/** The fractional part of the golden ratio: the fractional parts of its multiples spread any number of tasks evenly over the period. */
const GOLDEN_FRACTION = (Math.sqrt(5) - 1) / 2;

/**
 * Limits tasks without any privilege: a task that has used its CPU quota of a period is stopped by SIGSTOP until the period ends. A
 * task whose memory exceeds its limit is reported as out of memory.
 */
export class SigstopLimiter implements ResourceLimiter {
  public readonly description = 'CPU quota by SIGSTOP and SIGCONT';

  public constructor(private readonly clock: Clock) {}

  public async limit(taskNumber: number, size: TaskSize, spawn: () => ChildProcess): Promise<LimitedChild> {
    const child = spawn();
    await once(child, 'spawn');
    const startFraction = (taskNumber * GOLDEN_FRACTION) % 1;
    return { child, limits: new SigstopLimits(this.clock, child.pid!, { size, startFraction }) };
  }

  public close(): void {}
}

class SigstopLimits implements ResourceLimits {
  private readonly processes: PausableProcesses;
  private readonly cpu: ProcessTreeCpu;
  private readonly quota: CpuQuota;
  private readonly limitMiB: number;

  public constructor(
    clock: Clock,
    processId: number,
    { size, startFraction }: { readonly size: TaskSize; readonly startFraction: number },
  ) {
    const processes = new PausableProcesses(processId);
    const cpu = new ProcessTreeCpu(processes.leaderIds);
    const limited = {
      cpuSeconds: () => cpu.read(),
      pause: () => processes.pause('quota'),
      resume: () => processes.resume('quota'),
    };
    this.processes = processes;
    this.cpu = cpu;
    this.limitMiB = size.memoryMiB;
    this.quota = new CpuQuota(clock, limited, { vcpu: vcpuOf(size), startFraction });
  }

  public cpuSeconds(): number {
    return this.cpu.read();
  }

  public memoryMiB(): number | undefined {
    return residentMemoryMiB(this.cpu.processIds);
  }

  public isOutOfMemory(): boolean {
    return (this.memoryMiB() ?? 0) > this.limitMiB;
  }

  public setVcpu(vcpu: number): void {
    this.quota.setVcpu(vcpu);
  }

  public pause(): void {
    this.processes.pause('fault');
  }

  public unpause(): void {
    this.processes.resume('fault');
  }

  public kill(): void {
    for (const leaderId of this.processes.leaderIds) killGroup(leaderId);
  }

  public add(spawn: () => TaskChild): void {
    const child = spawn();
    child.on('error', () => {});
    if (child.pid === undefined) return;
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    this.processes.add(child.pid);
  }

  public close(): void {
    this.quota.stop();
    this.cpu.close();
  }
}

/** Why a task is paused: it has used its quota of the period, or a fault pauses it. */
type PauseReason = 'quota' | 'fault';

/** The processes of a task, which run as long as there is no reason to pause them. */
class PausableProcesses {
  private readonly leaders: number[];
  private readonly reasons = new Set<PauseReason>();

  /** @param processId the first process, which leads a process group. */
  public constructor(processId: number) {
    this.leaders = [processId];
  }

  /** The ids of the processes that lead its process groups, a live array. */
  public get leaderIds(): readonly number[] {
    return this.leaders;
  }

  /** Adds a process that leads a group of its own. */
  public add(leader: number): void {
    this.leaders.push(leader);
    if (this.isPaused) signalGroup(leader, 'SIGSTOP');
  }

  public pause(reason: PauseReason): void {
    if (!this.isPaused) this.signal('SIGSTOP');
    this.reasons.add(reason);
  }

  public resume(reason: PauseReason): void {
    if (this.reasons.delete(reason) && !this.isPaused) this.signal('SIGCONT');
  }

  private signal(signal: NodeJS.Signals): void {
    for (const leader of this.leaders) signalGroup(leader, signal);
  }

  private get isPaused(): boolean {
    return this.reasons.size > 0;
  }
}
