import type { Time } from '../../../src/time/time';
import type { CpuReading } from './cpu-reading';
import { EstimatedCpu } from './estimated-cpu';
import type { PausableGroup } from './pausable-group';
import { cpuSecondsByProcess } from './process-status';

/** Often enough to notice a burst, seldom enough that `ps` itself costs a few percent of a core. */
const ASK_SECONDS = 0.25;

/** Keeps the estimates of all tasks right with one call of `ps` for all of them. */
export class CpuEstimates {
  private readonly estimates = new Map<number, EstimatedCpu>();

  public constructor(private readonly time: Time) {
    this.askLater();
  }

  public of(group: PausableGroup): CpuReading {
    const estimate = new EstimatedCpu(
      () => group.runningSeconds,
      () => this.estimates.delete(group.processId),
    );
    this.estimates.set(group.processId, estimate);
    return estimate;
  }

  private askLater(): void {
    this.time.after(ASK_SECONDS, async () => {
      if (this.estimates.size > 0) await this.ask();
      this.askLater();
    });
  }

  private async ask(): Promise<void> {
    const answers = await cpuSecondsByProcess([...this.estimates.keys()]);
    for (const [processId, cpuSeconds] of answers) this.estimates.get(processId)?.correct(cpuSeconds);
  }
}
