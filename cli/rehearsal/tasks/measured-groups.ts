import type { GroupReading, GroupReadings } from './group-reading';
import { MeasuredCpu } from './measured-cpu';
import { measuredMemoryMiB } from './measured-memory';
import type { PausableGroup } from './pausable-group';

/** What tasks use on Linux, which tells it at every look. */
export const MEASURED_GROUPS: GroupReadings = {
  method: 'measured',
  of: (group) => new MeasuredGroup(group),
  close: () => {},
};

class MeasuredGroup implements GroupReading {
  private readonly cpu: MeasuredCpu;

  public constructor(group: PausableGroup) {
    this.cpu = new MeasuredCpu(group.leaders);
  }

  public cpuSeconds(): number {
    return this.cpu.read();
  }

  public memoryMiB(): number | undefined {
    return measuredMemoryMiB(this.cpu.processIds);
  }

  public close(): void {
    this.cpu.close();
  }
}
