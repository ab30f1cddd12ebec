import { setTimeout as pass } from 'node:timers/promises';
import { failedCount } from '../../src/scenario/failures';
import type { LoadPoint } from '../../src/scenario/fit-cpu';
import { mean } from '../../src/scenario/mean';
import { AnswersSeen } from './answers-seen';
import type { RehearsedTask } from './rehearsed-task';
import { STANDSTILL_SECONDS } from './standstills';
import type { TrafficSender } from './traffic/traffic-sender';
import { Unmeasurable } from './unmeasurable';

/** Fewer answers say little of what one of them costs. */
const LEAST_ANSWERS = 10;

/** Requests that were sent together are answered together: a window over so many times their latency holds about as many as its time is worth. */
const LEAST_LATENCIES = 2;

const LOOK_MILLIS = 25;

/** On a machine that stands still again and again, there is nothing better to be had. */
const MOST_ATTEMPTS = 3;

/** A failure is told within a tenth of a second. */
const NEWS_MILLIS = 300;

/** A load under which tasks were watched, and what they answered with: all of one of them, on average. */
export interface WatchedPoint extends LoadPoint {
  /** The mean. */
  readonly latencySeconds: number;
  readonly p50Millis?: number;
  readonly p95Millis?: number;
  /** As it was in the end. Undefined where nobody knows it. */
  readonly memoryMiB?: number;
}

/** How long a load is watched, in seconds of the wall clock. */
export interface WatchLimits {
  /** So long in any case. */
  readonly leastSeconds: number;
  /** So long where answers are few, the wait for the first of them counted in. */
  readonly mostSeconds: number;
  /**
   * The answers that are waited for within that.
   *
   * @default 10
   */
  readonly leastAnswers?: number;
}

/** Watches tasks while they are sent requests. */
export class WatchedLoad {
  /** Whether nothing is waited for any more. */
  public isOver = false;
  private standstills = 0;

  public constructor(
    private readonly tasks: readonly RehearsedTask[],
    private readonly sender: TrafficSender,
  ) {}

  /**
   * Watches for a while. Begins and ends with an answer, so that slow requests are not counted by halves, and begins anew where
   * this process stood still meanwhile.
   *
   * @returns undefined where no answer came after the one that it begins with.
   * @throws Unmeasurable where a request failed.
   */
  public async watch(limits: WatchLimits): Promise<WatchedPoint | undefined> {
    for (let attempt = 1; ; attempt++) {
      const standstillsBefore = this.standstills;
      const hasStoodStill = (): boolean => attempt < MOST_ATTEMPTS && this.standstills > standstillsBefore;
      try {
        const seen = await this.watchOnce(limits);
        // somebody has stopped it, as Ctrl-Z does: that answers came late, or not at all, then says nothing of the tasks.
        if (!hasStoodStill()) return seen;
      } catch (error) {
        if (!hasStoodStill()) throw error;
      }
    }
  }

  private async watchOnce({ leastSeconds, mostSeconds, leastAnswers = LEAST_ANSWERS }: WatchLimits): Promise<WatchedPoint | undefined> {
    const untilMillis = performance.now() + mostSeconds * 1000;
    await this.until(untilMillis, () => true);
    this.sender.takeReading();
    const before = usedBy(this.tasks);
    await this.until(
      untilMillis,
      ({ count, seconds, meanLatencySeconds }) =>
        seconds >= leastSeconds && count >= leastAnswers && seconds >= LEAST_LATENCIES * meanLatencySeconds,
    );
    return this.pointSince(before);
  }

  /** Waits for no answer any more. */
  public giveUp(): void {
    this.isOver = true;
  }

  /** Waits for an answer that makes it enough, or until the time is over. */
  private async until(untilMillis: number, isEnough: (seen: AnswersSeen) => boolean): Promise<void> {
    const seen = new AnswersSeen(this.sender.watcher());
    while (!this.isOver && performance.now() < untilMillis) {
      await this.passUntilNextLook();
      const isAnswered = seen.look();
      if (seen.failedCount > 0) throw await this.failure();
      if (isAnswered && isEnough(seen)) return;
    }
  }

  private async passUntilNextLook(): Promise<void> {
    const sinceMillis = performance.now();
    await pass(LOOK_MILLIS);
    if (performance.now() - sinceMillis - LOOK_MILLIS >= STANDSTILL_SECONDS * 1000) this.standstills++;
  }

  private async pointSince(before: Usage): Promise<WatchedPoint | undefined> {
    const reading = this.sender.takeReading();
    const after = usedBy(this.tasks);
    if (failedCount(reading.failures) > 0) throw await this.failure();
    if (reading.servedRequests === 0) return undefined;
    return {
      requestsPerSecond: reading.servedRequests / reading.seconds / this.tasks.length,
      cores: (after.cpuSeconds - before.cpuSeconds) / (after.ranSeconds - before.ranSeconds),
      latencySeconds: reading.latencySeconds / reading.servedRequests,
      p50Millis: reading.p50Millis,
      p95Millis: reading.p95Millis,
      memoryMiB: meanMemoryMiB(this.tasks),
    };
  }

  private async failure(): Promise<Unmeasurable> {
    // how it failed is heard of a moment after it is counted.
    await pass(NEWS_MILLIS);
    const { lastFailure = 'a failed request' } = this.sender;
    return new Unmeasurable(`under load, ${lastFailure}`, [
      `a task must answer every request while it is measured, got ${lastFailure}: ` +
        'name a --path that it answers also when it is busy, or see with the command check what fails under load',
    ]);
  }
}

interface Usage {
  readonly cpuSeconds: number;
  readonly ranSeconds: number;
}

function usedBy(tasks: readonly RehearsedTask[]): Usage {
  return {
    cpuSeconds: tasks.reduce((sum, task) => sum + task.cpuSeconds, 0),
    ranSeconds: tasks.reduce((sum, task) => sum + task.ranSeconds, 0),
  };
}

function meanMemoryMiB(tasks: readonly RehearsedTask[]): number | undefined {
  const known = tasks.flatMap(({ memoryMiB }) => memoryMiB ?? []);
  return known.length === 0 ? undefined : mean(known);
}
