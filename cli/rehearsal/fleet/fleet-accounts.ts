import type { TaskSize } from '../../../src/plan/task-size';
import { vcpuOf } from '../../../src/plan/task-size';
import type { FleetCounters } from '../../../src/scaling/fleet';
import type { FleetTask } from './fleet-task';

/** What the tasks of a rehearsal have used since their start. */
type Used = Pick<FleetCounters, 'cpuSeconds' | 'cpuCapacitySeconds' | 'memoryMiBSeconds' | 'memoryCapacityMiBSeconds'>;

/** Adds up what tasks use. CPU is added up by their runtime; memory is looked at now and then, and taken to be the same until the next look. */
export class FleetAccounts {
  private lookedAtMillis = performance.now();
  private memoryMiBSeconds = 0;
  private memoryCapacityMiBSeconds = 0;

  public constructor(
    private readonly size: TaskSize,
    private readonly ever: readonly FleetTask[],
  ) {}

  /** Looks at the memory of the tasks that run. */
  public look(): void {
    const nowMillis = performance.now();
    const seconds = (nowMillis - this.lookedAtMillis) / 1000;
    this.lookedAtMillis = nowMillis;
    for (const { rehearsed } of this.ever) {
      if (rehearsed === undefined || rehearsed.hasEnded) continue;
      const { memoryMiB } = rehearsed;
      if (memoryMiB === undefined) continue;
      this.memoryMiBSeconds += memoryMiB * seconds;
      this.memoryCapacityMiBSeconds += this.size.memoryMiB * seconds;
    }
  }

  /** What has been used up to this moment. */
  public read(): Used {
    this.look();
    const { memoryMiBSeconds, memoryCapacityMiBSeconds } = this;
    const [cpuSeconds, ranSeconds] = this.ever.reduce(
      ([cpu, ran], { rehearsed }) => [cpu + (rehearsed?.cpuSeconds ?? 0), ran + (rehearsed?.ranSeconds ?? 0)],
      [0, 0],
    );
    return { cpuSeconds, cpuCapacitySeconds: vcpuOf(this.size) * ranSeconds, memoryMiBSeconds, memoryCapacityMiBSeconds };
  }
}
