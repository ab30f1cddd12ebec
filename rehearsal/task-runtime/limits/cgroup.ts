import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signalProcess } from '../process/process-group';
import { type ControlGroupFolders, readGroupFile } from './cgroup-folders';
import { CPU_PERIOD_SECONDS } from './cpu-quota';
import { BYTES_PER_MEBIBYTE, resultOrUndefined } from './proc-file';

/** A control group of Linux: a set of processes, their usage and their limits. */
export interface ControlGroup {
  /** Its folders, without duplicates. */
  readonly folders: readonly string[];

  /** The CPU seconds of all processes in it, also of those that have exited. */
  cpuSeconds(): number;

  /** The memory in use, without the file cache that the kernel can drop. */
  memoryMiB(): number;

  /** How many of its processes the kernel has killed because the group exceeded its memory limit. */
  outOfMemoryKills(): number;

  processIds(): number[];

  /** Moves a process with all its threads into the group; 0 is the calling process. */
  addProcess(processId: number): void;

  /** Sets the CPU quota, in cores, for each period of 100 milliseconds. */
  setVcpu(vcpu: number): void;
  setMemoryMiB(memoryMiB: number): void;

  pause(): void;
  unpause(): void;
  kill(): void;
}

/** The control group in the given folders. */
export function controlGroupIn(folders: ControlGroupFolders): ControlGroup {
  return folders.version === 1 ? new ControlGroupVersion1(folders) : new ControlGroupVersion2(folders.cpu);
}

/** The period of a quota, in microseconds. */
const CPU_PERIOD_MICROS = CPU_PERIOD_SECONDS * 1e6;

/** The smallest quota that the kernel accepts. */
const MIN_QUOTA_MICROS = 1000;

/** The CPU time of a quota in each period, in microseconds. */
function quotaMicros(vcpu: number): number {
  return Math.max(MIN_QUOTA_MICROS, Math.round(vcpu * CPU_PERIOD_MICROS));
}

/** Version 1: https://docs.kernel.org/admin-guide/cgroup-v1/index.html */
class ControlGroupVersion1 implements ControlGroup {
  public constructor(private readonly paths: ControlGroupFolders) {}

  public get folders(): readonly string[] {
    return [...new Set([this.paths.cpu, this.paths.cpuAccount, this.paths.memory])];
  }

  public cpuSeconds(): number {
    return Number(readGroupFile(this.paths.cpuAccount, 'cpuacct.usage')) / 1e9;
  }

  public memoryMiB(): number {
    const usedBytes = Number(readGroupFile(this.paths.memory, 'memory.usage_in_bytes'));
    return (usedBytes - keyedNumber(readGroupFile(this.paths.memory, 'memory.stat'), 'total_inactive_file')) / BYTES_PER_MEBIBYTE;
  }

  public outOfMemoryKills(): number {
    return keyedNumber(readGroupFile(this.paths.memory, 'memory.oom_control'), 'oom_kill');
  }

  public processIds(): number[] {
    return readProcessIds(this.paths.cpu);
  }

  public addProcess(processId: number): void {
    for (const folder of this.folders) writeGroupFile(folder, 'cgroup.procs', processId);
  }

  public setVcpu(vcpu: number): void {
    writeGroupFile(this.paths.cpu, 'cpu.cfs_period_us', CPU_PERIOD_MICROS);
    writeGroupFile(this.paths.cpu, 'cpu.cfs_quota_us', quotaMicros(vcpu));
  }

  public setMemoryMiB(memoryMiB: number): void {
    const bytes = memoryMiB * BYTES_PER_MEBIBYTE;
    writeGroupFile(this.paths.memory, 'memory.limit_in_bytes', bytes);
    // with swap, a task that exceeds its memory would slow down instead of being killed. Without swap accounting there is no such file.
    resultOrUndefined(() => writeGroupFile(this.paths.memory, 'memory.memsw.limit_in_bytes', bytes));
  }

  public pause(): void {
    this.signal('SIGSTOP');
  }

  public unpause(): void {
    this.signal('SIGCONT');
  }

  public kill(): void {
    this.signal('SIGKILL');
  }

  private signal(signal: NodeJS.Signals): void {
    for (const processId of this.processIds()) signalProcess(processId, signal);
  }
}

/** The kernel's name for the file that pauses a group. */
const CGROUP_PAUSE_FILE = 'cgroup.freeze';

/** Version 2: https://docs.kernel.org/admin-guide/cgroup-v2.html */
export class ControlGroupVersion2 implements ControlGroup {
  public constructor(private readonly folder: string) {}

  public get folders(): readonly string[] {
    return [this.folder];
  }

  public cpuSeconds(): number {
    return keyedNumber(readGroupFile(this.folder, 'cpu.stat'), 'usage_usec') / 1e6;
  }

  public memoryMiB(): number {
    const usedBytes = Number(readGroupFile(this.folder, 'memory.current'));
    return (usedBytes - keyedNumber(readGroupFile(this.folder, 'memory.stat'), 'inactive_file')) / BYTES_PER_MEBIBYTE;
  }

  public outOfMemoryKills(): number {
    return keyedNumber(readGroupFile(this.folder, 'memory.events'), 'oom_kill');
  }

  public processIds(): number[] {
    return readProcessIds(this.folder);
  }

  public addProcess(processId: number): void {
    writeGroupFile(this.folder, 'cgroup.procs', processId);
  }

  public setVcpu(vcpu: number): void {
    writeGroupFile(this.folder, 'cpu.max', `${quotaMicros(vcpu)} ${CPU_PERIOD_MICROS}`);
  }

  public setMemoryMiB(memoryMiB: number): void {
    writeGroupFile(this.folder, 'memory.max', memoryMiB * BYTES_PER_MEBIBYTE);
    // with swap, a task that exceeds its memory would slow down instead of being killed. Without swap there may be no such file.
    resultOrUndefined(() => writeGroupFile(this.folder, 'memory.swap.max', 0));
    resultOrUndefined(() => writeGroupFile(this.folder, 'memory.oom.group', 1));
  }

  public pause(): void {
    writeGroupFile(this.folder, CGROUP_PAUSE_FILE, 1);
  }

  public unpause(): void {
    writeGroupFile(this.folder, CGROUP_PAUSE_FILE, 0);
  }

  /** Kernels older than 5.14 cannot kill all processes of a group at once. */
  public kill(): void {
    resultOrUndefined(() => writeGroupFile(this.folder, 'cgroup.kill', 1));
    for (const processId of this.processIds()) signalProcess(processId, 'SIGKILL');
  }
}

export function writeGroupFile(folder: string, file: string, value: string | number): void {
  writeFileSync(join(folder, file), String(value));
}

/** The number after a key, in lines such as `oom_kill 1`; 0 if the key is missing. */
function keyedNumber(text: string, key: string): number {
  return Number(new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

export function readProcessIds(folder: string): number[] {
  return readGroupFile(folder, 'cgroup.procs').split('\n').filter(Boolean).map(Number);
}
