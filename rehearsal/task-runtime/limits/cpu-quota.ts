import type { Cancel, Clock } from '../../../src/time/clock';

/** The period of a CPU quota on Linux, and so on Fargate: in each, a task may use the CPU time of its quota. */
export const CPU_PERIOD_SECONDS = 0.1;

/** The maximum lag of the CPU time that the kernel reports: it updates that of a running thread at its clock tick, 250 times a second. */
const CPU_TIME_LAG_SECONDS = 0.004;

/** The resolution of the timers of Node.js. */
const TIMER_RESOLUTION_SECONDS = 0.001;

/** A task that has a CPU quota. */
export interface LimitedTask {
  /** CPU seconds used since the task started. */
  cpuSeconds(): number;
  pause(): void;
  resume(): void;
}

/** A CPU quota, and the point in its period at which the task starts. */
export interface CpuQuotaOptions {
  readonly vcpu: number;
  /** The point in the period, from 0 to 1. If it differs between tasks, they do not all resume at the same moment, as if each had a host of its own. */
  readonly startFraction: number;
}

/**
 * Enforces a CPU quota as Linux does: in each period of 100 ms, the task gets the CPU time of its quota. Once it has used that, it is
 * paused until the period ends. A task that uses less than its quota is never paused.
 *
 * What a task used beyond its quota, because a timer was late or because several threads ran at once, is deducted from the next
 * periods, so that its quota is exact in the long run. What it did not use is lost, apart from the lag of the CPU time.
 */
export class CpuQuota {
  private quotaSeconds: number;
  private lagSeconds: number;
  private periodEndsAtSeconds: number;
  /** The CPU seconds at which the task has used up the quota of its period. */
  private limitCpuSeconds: number;
  private cancelCheck: Cancel = () => {};

  public constructor(
    private readonly clock: Clock,
    private readonly task: LimitedTask,
    options: CpuQuotaOptions,
  ) {
    this.quotaSeconds = options.vcpu * CPU_PERIOD_SECONDS;
    this.lagSeconds = lagSecondsOf(options.vcpu);
    this.periodEndsAtSeconds = clock.nowSeconds + (1 - options.startFraction) * CPU_PERIOD_SECONDS;
    this.limitCpuSeconds = task.cpuSeconds() + (1 - options.startFraction) * this.quotaSeconds + this.lagSeconds;
    this.check();
  }

  /** Changes the quota from the next period on. */
  public setVcpu(vcpu: number): void {
    this.quotaSeconds = vcpu * CPU_PERIOD_SECONDS;
    this.lagSeconds = lagSecondsOf(vcpu);
  }

  /** Stops enforcing the quota. A paused task stays paused. */
  public stop(): void {
    this.cancelCheck();
  }

  private check(): void {
    const usedSeconds = this.task.cpuSeconds();
    this.grantQuotas(usedSeconds);
    const remainingSeconds = this.limitCpuSeconds - usedSeconds;
    if (remainingSeconds > 0) this.task.resume();
    else this.task.pause();
    this.scheduleCheck(remainingSeconds);
  }

  /** Grants the quotas of the periods that have begun since the last check. */
  private grantQuotas(usedSeconds: number): void {
    const lateSeconds = this.clock.nowSeconds - this.periodEndsAtSeconds;
    if (lateSeconds < 0) return;
    const periodCount = Math.floor(lateSeconds / CPU_PERIOD_SECONDS) + 1;
    this.periodEndsAtSeconds += periodCount * CPU_PERIOD_SECONDS;
    const limitLessOveruse = this.limitCpuSeconds + periodCount * this.quotaSeconds;
    this.limitCpuSeconds = Math.min(limitLessOveruse, usedSeconds + this.quotaSeconds + this.lagSeconds);
  }

  /** The next check is once a single thread can have used the remaining CPU time, or at the end of the period. */
  private scheduleCheck(remainingSeconds: number): void {
    const untilPeriodEndsSeconds = this.periodEndsAtSeconds - this.clock.nowSeconds;
    const delaySeconds = remainingSeconds > 0 ? Math.min(remainingSeconds, untilPeriodEndsSeconds) : untilPeriodEndsSeconds;
    this.cancelCheck = this.clock.after(Math.max(delaySeconds, TIMER_RESOLUTION_SECONDS), () => this.check());
  }
}

/** The lag of the CPU time for each thread that may run at the same time. */
function lagSecondsOf(vcpu: number): number {
  return CPU_TIME_LAG_SECONDS * Math.max(1, vcpu);
}

/**
 * Converts the CPU seconds of a task to those of a slower core, for the fault that slows a task.
 *
 * A core at half speed needs two seconds for what takes one second at full speed.
 */
export class SlowedCpu {
  /** The last result of `readSlowedSeconds`. */
  public lastSeconds = 0;
  private usedSeconds = 0;
  private relativeSpeed = 1;

  public constructor(private readonly readUsedSeconds: () => number) {}

  /** Reads the CPU seconds so far, converted. The result never decreases, even if the task's CPU seconds do. */
  public readSlowedSeconds(): number {
    const usedSeconds = Math.max(this.usedSeconds, this.readUsedSeconds());
    this.lastSeconds += (usedSeconds - this.usedSeconds) / this.relativeSpeed;
    this.usedSeconds = usedSeconds;
    return this.lastSeconds;
  }

  /** Sets the speed of the core from now on: 1 is full speed. */
  public setRelativeSpeed(relativeSpeed: number): void {
    this.readSlowedSeconds();
    this.relativeSpeed = relativeSpeed;
  }
}
