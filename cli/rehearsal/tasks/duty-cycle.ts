import { once } from 'node:events';
import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import type { Time } from '../../../src/time/time';
import type { ConfinedChild, Confinement, ConfinementMethod, TaskChild } from './confinement';
import { CpuQuota } from './cpu-quota';
import type { GroupReading, GroupReadings } from './group-reading';
import { PausableGroup } from './pausable-group';
import { killGroup } from './process-group';

/** Multiples of the golden ratio's fraction never fall close together, however many there are. */
const GOLDEN_FRACTION = (Math.sqrt(5) - 1) / 2;

/** Confines tasks without any privilege: a task that has used its CPU of a window is stopped until the window ends, its memory is watched. */
export class DutyCycle implements ConfinementMethod {
  public constructor(
    private readonly time: Time,
    private readonly readings: GroupReadings,
  ) {}

  public get description(): string {
    return `CPU quota by stopping and continuing, by a CPU time that is ${this.readings.method}`;
  }

  public async confine(number: number, size: TaskSize, spawn: () => TaskChild): Promise<ConfinedChild> {
    const child = spawn();
    await once(child, 'spawn');
    const group = new PausableGroup(this.time, child.pid!);
    const phase = (number * GOLDEN_FRACTION) % 1;
    return { child, confinement: new StoppedAndContinued(this.time, group, this.readings.of(group), { size, phase }) };
  }

  public close(): void {
    this.readings.close();
  }
}

class StoppedAndContinued implements Confinement {
  private readonly quota: CpuQuota;
  private readonly limitMiB: number;

  public constructor(
    time: Time,
    private readonly group: PausableGroup,
    private readonly reading: GroupReading,
    { size, phase }: { readonly size: TaskSize; readonly phase: number },
  ) {
    this.limitMiB = size.memoryMiB;
    const limited = {
      cpuSeconds: () => reading.cpuSeconds(),
      pause: () => group.pause('quota'),
      resume: () => group.resume('quota'),
    };
    this.quota = new CpuQuota(time, limited, { vcpu: vcpuOf(size), phase });
  }

  public cpuSeconds(): number {
    return this.reading.cpuSeconds();
  }

  public memoryMiB(): number | undefined {
    return this.reading.memoryMiB();
  }

  public isOutOfMemory(): boolean {
    return (this.memoryMiB() ?? 0) > this.limitMiB;
  }

  public setVcpu(vcpu: number): void {
    this.quota.setVcpu(vcpu);
  }

  public freeze(): void {
    this.group.pause('fault');
  }

  public thaw(): void {
    this.group.resume('fault');
  }

  public kill(): void {
    for (const leader of this.group.leaders) killGroup(leader);
  }

  public add(spawn: () => TaskChild): void {
    const child = spawn();
    child.on('error', () => {});
    if (child.pid === undefined) return;
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    this.group.add(child.pid);
  }

  public close(): void {
    this.quota.stop();
    this.reading.close();
  }
}
