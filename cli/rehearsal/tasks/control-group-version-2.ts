import type { ControlGroup } from './control-group';
import { keyedNumber, PERIOD_MICROS, quotaMicros, readFile, readProcessIds, writeFile } from './control-group-files';
import { BYTES_PER_MEBIBYTE } from './memory-units';
import { unlessGone } from './proc-file';
import { signalProcess } from './process-group';

/** Version 2: https://docs.kernel.org/admin-guide/cgroup-v2.html */
export class ControlGroupVersion2 implements ControlGroup {
  public constructor(private readonly folder: string) {}

  public get folders(): readonly string[] {
    return [this.folder];
  }

  public cpuSeconds(): number {
    return keyedNumber(readFile(this.folder, 'cpu.stat'), 'usage_usec') / 1e6;
  }

  public memoryMiB(): number {
    const usedBytes = Number(readFile(this.folder, 'memory.current'));
    return (usedBytes - keyedNumber(readFile(this.folder, 'memory.stat'), 'inactive_file')) / BYTES_PER_MEBIBYTE;
  }

  public outOfMemoryKills(): number {
    return keyedNumber(readFile(this.folder, 'memory.events'), 'oom_kill');
  }

  public processIds(): number[] {
    return readProcessIds(this.folder);
  }

  public take(processId: number): void {
    writeFile(this.folder, 'cgroup.procs', processId);
  }

  public setVcpu(vcpu: number): void {
    writeFile(this.folder, 'cpu.max', `${quotaMicros(vcpu)} ${PERIOD_MICROS}`);
  }

  public setMemoryMiB(memoryMiB: number): void {
    writeFile(this.folder, 'memory.max', memoryMiB * BYTES_PER_MEBIBYTE);
    // with swap it would become slow, not end; without swap there may be no such file.
    unlessGone(() => writeFile(this.folder, 'memory.swap.max', 0));
    unlessGone(() => writeFile(this.folder, 'memory.oom.group', 1));
  }

  public freeze(): void {
    writeFile(this.folder, 'cgroup.freeze', 1);
  }

  public thaw(): void {
    writeFile(this.folder, 'cgroup.freeze', 0);
  }

  /** Older kernels than 5.14 cannot end all of a group at once. */
  public kill(): void {
    unlessGone(() => writeFile(this.folder, 'cgroup.kill', 1));
    for (const processId of this.processIds()) signalProcess(processId, 'SIGKILL');
  }
}
