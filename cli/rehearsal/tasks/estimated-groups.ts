import { every } from '../../../src/time/every';
import type { Cancel, Time } from '../../../src/time/time';
import { EstimatedCpu } from './estimated-cpu';
import { memoryByGroupMiB } from './group-memory';
import type { GroupReading, GroupReadings } from './group-reading';
import type { PausableGroup } from './pausable-group';
import { cpuSecondsByProcess } from './process-status';

/** Often enough to notice a burst, seldom enough that `ps` itself costs a few percent of a core. */
const ASK_SECONDS = 0.25;

/** The memory is asked for at one of so many askings, since for that `ps` lists every process of the machine. */
const ASKINGS_PER_MEMORY = 4;

/** Keeps what is known of all tasks right with one call of `ps` for all of them. */
export class EstimatedGroups implements GroupReadings {
  public readonly method = 'estimated';
  private readonly groups = new Map<number, EstimatedGroup>();
  private readonly stop: Cancel;
  private askings = 0;
  private isAsking = false;

  public constructor(time: Time) {
    this.stop = every(time, { firstAtSeconds: time.nowSeconds + ASK_SECONDS, periodSeconds: ASK_SECONDS }, () => {
      // what `ps` does not tell now, it tells a moment later.
      this.ask().catch(() => undefined);
    });
  }

  public of(group: PausableGroup): GroupReading {
    const reading = new EstimatedGroup(group, () => this.groups.delete(group.processId));
    this.groups.set(group.processId, reading);
    return reading;
  }

  public close(): void {
    this.stop();
  }

  private async ask(): Promise<void> {
    // an answer that takes longer than the wait for the next question would otherwise pile up.
    if (this.groups.size === 0 || this.isAsking) return;
    this.isAsking = true;
    this.askings += 1;
    try {
      await this.askCpu();
      if (this.askings % ASKINGS_PER_MEMORY === 0) await this.askMemory();
    } finally {
      this.isAsking = false;
    }
  }

  private async askCpu(): Promise<void> {
    const answers = await cpuSecondsByProcess([...this.groups.keys()]);
    for (const [processId, cpuSeconds] of answers) this.groups.get(processId)?.cpu.correct(cpuSeconds);
  }

  private async askMemory(): Promise<void> {
    const sizes = await memoryByGroupMiB();
    for (const group of this.groups.values()) group.take(sizes);
  }
}

class EstimatedGroup implements GroupReading {
  public readonly cpu: EstimatedCpu;
  private knownMiB?: number;

  public constructor(
    private readonly group: PausableGroup,
    private readonly whenClosed: () => void,
  ) {
    this.cpu = new EstimatedCpu(() => group.runningSeconds);
  }

  public cpuSeconds(): number {
    return this.cpu.read();
  }

  public memoryMiB(): number | undefined {
    return this.knownMiB;
  }

  /** Takes in the memory of all process groups of the machine. */
  public take(sizes: ReadonlyMap<number, number>): void {
    const own = this.group.leaders.map((leader) => sizes.get(leader) ?? 0);
    this.knownMiB = own.reduce((sum, size) => sum + size, 0) || undefined;
  }

  public close(): void {
    this.whenClosed();
  }
}
