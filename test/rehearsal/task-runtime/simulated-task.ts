import type { LimitedTask } from '../../../rehearsal/task-runtime/limits/cpu-quota';
import type { Clock } from '../../../src/time/clock';

/** A task in simulated time that keeps a number of cores busy whenever it is not paused. */
export class SimulatedTask implements LimitedTask {
  public pauses = 0;
  private usedSeconds = 0;
  private isPaused = false;
  private seenSeconds = 0;
  private busyCores: number;

  /** @param lagSeconds how old a reading may be while the task runs. */
  public constructor(
    private readonly clock: Clock,
    cores: number,
    private readonly lagSeconds = 0,
  ) {
    this.busyCores = cores;
  }

  public set cores(cores: number) {
    this.advance();
    this.busyCores = cores;
  }

  public cpuSeconds(): number {
    this.advance();
    if (this.isPaused || this.lagSeconds === 0) return this.usedSeconds;
    const sinceTick = this.clock.nowSeconds % this.lagSeconds;
    return Math.max(0, this.usedSeconds - sinceTick * this.busyCores);
  }

  public pause(): void {
    this.advance();
    if (!this.isPaused) this.pauses += 1;
    this.isPaused = true;
  }

  public resume(): void {
    this.advance();
    this.isPaused = false;
  }

  private advance(): void {
    const passed = this.isPaused ? 0 : this.clock.nowSeconds - this.seenSeconds;
    this.usedSeconds += passed * this.busyCores;
    this.seenSeconds = this.clock.nowSeconds;
  }
}
