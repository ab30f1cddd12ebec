import type { ControlGroup } from './control-group';
import { keyedNumber, PERIOD_MICROS, quotaMicros, readFile, readProcessIds, writeFile } from './control-group-files';
import type { ControlGroupFolders } from './control-group-folders';
import { BYTES_PER_MEBIBYTE } from './memory-units';
import { unlessGone } from './proc-file';
import { signalProcess } from './process-group';

/** Version 1: https://docs.kernel.org/admin-guide/cgroup-v1/index.html */
export class ControlGroupVersion1 implements ControlGroup {
  public constructor(private readonly at: ControlGroupFolders) {}

  public get folders(): readonly string[] {
    return [...new Set([this.at.cpu, this.at.cpuAccount, this.at.memory])];
  }

  public cpuSeconds(): number {
    return Number(readFile(this.at.cpuAccount, 'cpuacct.usage')) / 1e9;
  }

  public memoryMiB(): number {
    const usedBytes = Number(readFile(this.at.memory, 'memory.usage_in_bytes'));
    return (usedBytes - keyedNumber(readFile(this.at.memory, 'memory.stat'), 'total_inactive_file')) / BYTES_PER_MEBIBYTE;
  }

  public outOfMemoryKills(): number {
    return keyedNumber(readFile(this.at.memory, 'memory.oom_control'), 'oom_kill');
  }

  public processIds(): number[] {
    return readProcessIds(this.at.cpu);
  }

  public take(processId: number): void {
    for (const folder of this.folders) writeFile(folder, 'cgroup.procs', processId);
  }

  public setVcpu(vcpu: number): void {
    writeFile(this.at.cpu, 'cpu.cfs_period_us', PERIOD_MICROS);
    writeFile(this.at.cpu, 'cpu.cfs_quota_us', quotaMicros(vcpu));
  }

  public setMemoryMiB(memoryMiB: number): void {
    const bytes = memoryMiB * BYTES_PER_MEBIBYTE;
    writeFile(this.at.memory, 'memory.limit_in_bytes', bytes);
    // with swap it would become slow, not end; where swap is not accounted for, there is no such file.
    unlessGone(() => writeFile(this.at.memory, 'memory.memsw.limit_in_bytes', bytes));
  }

  public freeze(): void {
    this.signal('SIGSTOP');
  }

  public thaw(): void {
    this.signal('SIGCONT');
  }

  public kill(): void {
    this.signal('SIGKILL');
  }

  private signal(signal: NodeJS.Signals): void {
    for (const processId of this.processIds()) signalProcess(processId, signal);
  }
}
