import type { Cancel, Time } from '../../../src/time/time';

/** The period over which Linux, and with it Fargate, grants a task its CPU. */
export const WINDOW_SECONDS = 0.1;

/** How far a reading may lag behind: the kernel counts a running thread's time when its clock ticks, 250 times a second. */
const READING_LAG_SECONDS = 0.004;

/** No timer is finer. */
const TIMER_SECONDS = 0.001;

/** What a quota is imposed on. */
export interface LimitedTask {
  /** CPU seconds used since the task started. */
  cpuSeconds(): number;
  pause(): void;
  resume(): void;
}

/** A share of a core, and where in a window the task starts. */
export interface CpuShare {
  readonly vcpu: number;
  /** From 0 to 1: tasks with windows apart do not all wake at the same moment, just as on hosts of their own. */
  readonly phase: number;
}

/**
 * Grants a task its share of a core in the way that Linux does: so many CPU
 * milliseconds in each window of 100, and once they are used a pause until the
 * window ends. A task that needs less than its share is never paused.
 *
 * What a task used too much, because a timer was late or because several
 * threads ran at once, it owes to the windows that follow: in the long run its
 * share is exact. What it did not use is lost, apart from the lag of a reading.
 */
export class CpuQuota {
  private budgetSeconds: number;
  private lagSeconds: number;
  private windowEndsAtSeconds: number;
  /** The reading at which the task has used up its window. */
  private limitCpuSeconds: number;
  private cancelLook: Cancel = () => {};

  public constructor(
    private readonly time: Time,
    private readonly task: LimitedTask,
    share: CpuShare,
  ) {
    this.budgetSeconds = share.vcpu * WINDOW_SECONDS;
    this.lagSeconds = lagSecondsOf(share.vcpu);
    this.windowEndsAtSeconds = time.nowSeconds + (1 - share.phase) * WINDOW_SECONDS;
    this.limitCpuSeconds = task.cpuSeconds() + (1 - share.phase) * this.budgetSeconds + this.lagSeconds;
    this.look();
  }

  /** Changes the share, from the next window on. */
  public setVcpu(vcpu: number): void {
    this.budgetSeconds = vcpu * WINDOW_SECONDS;
    this.lagSeconds = lagSecondsOf(vcpu);
  }

  /** Stops watching. A paused task stays paused. */
  public stop(): void {
    this.cancelLook();
  }

  private look(): void {
    const usedSeconds = this.task.cpuSeconds();
    this.renew(usedSeconds);
    const leftSeconds = this.limitCpuSeconds - usedSeconds;
    if (leftSeconds > 0) this.task.resume();
    else this.task.pause();
    this.lookAgain(leftSeconds);
  }

  /** Grants the budgets of the windows that have begun since the last look. */
  private renew(usedSeconds: number): void {
    const lateSeconds = this.time.nowSeconds - this.windowEndsAtSeconds;
    if (lateSeconds < 0) return;
    const windows = Math.floor(lateSeconds / WINDOW_SECONDS) + 1;
    this.windowEndsAtSeconds += windows * WINDOW_SECONDS;
    const withDebt = this.limitCpuSeconds + windows * this.budgetSeconds;
    this.limitCpuSeconds = Math.min(withDebt, usedSeconds + this.budgetSeconds + this.lagSeconds);
  }

  /** One thread cannot use up what is left any sooner than in as much time, so until then there is nothing to see. */
  private lookAgain(leftSeconds: number): void {
    const untilWindowEnds = this.windowEndsAtSeconds - this.time.nowSeconds;
    const delaySeconds = leftSeconds > 0 ? Math.min(leftSeconds, untilWindowEnds) : untilWindowEnds;
    this.cancelLook = this.time.after(Math.max(delaySeconds, TIMER_SECONDS), () => this.look());
  }
}

/** As many threads as the task may run at once are behind by so much each. */
function lagSecondsOf(vcpu: number): number {
  return READING_LAG_SECONDS * Math.max(1, vcpu);
}
