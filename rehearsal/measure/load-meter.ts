import { setTimeout as delay } from 'node:timers/promises';
import { mean } from '../../src/math/statistics';
import type { ClientLatencies } from '../../src/metrics/latency-percentiles';
import type { Client } from '../../src/run/client';
import { failedCount } from '../../src/run/failures';
import type { LoadPoint } from '../../src/workload/fit-cpu';
import type { LocalTask } from '../fleet/local-task';
import type { LoadGenerator } from '../load-generator/load-generator';
import { MIN_SUSPENSION_SECONDS } from '../process-suspensions';
import { MeasurementError } from './measurement-error';

/** With fewer responses, the measured cost of a request is too uncertain. */
const MIN_RESPONSES = 10;

/** Concurrent requests get their responses together, so a measurement must last several latencies to have a representative number of them. */
const MIN_LATENCIES_PER_MEASUREMENT = 2;

const POLL_INTERVAL_MILLIS = 25;

/** The supervisor reports the CPU of tasks within this time: it does so ten times a second. */
const CPU_REPORT_MILLIS = 250;

/** How long to wait for the last responses after users have left. */
const MAX_LAST_RESPONSES_SECONDS = 5;

/** On a machine that is suspended again and again, no attempt would be better. */
const MAX_ATTEMPTS = 3;

/** The load worker reports within this time why a request failed: it does so ten times a second. */
const FAILURE_REPORT_MILLIS = 300;

/** The CPU, latency and memory that were measured at one load: averages for one task. */
export interface LoadMeasurement extends LoadPoint, ClientLatencies {
  /** The mean latency. */
  readonly latencySeconds: number;
  /** The memory at the end; undefined if it is not known. */
  readonly memoryMiB?: number;
}

/** How long a load is measured, in seconds of the wall clock. */
export interface MeasurementLimits {
  /** The minimum duration. */
  readonly minSeconds: number;
  /** The maximum duration if responses are few. Includes the wait for the first one. */
  readonly maxSeconds: number;
  /**
   * The number of responses to wait for, up to the maximum duration.
   *
   * @default 10
   */
  readonly minResponses?: number;
}

/** Measures tasks while a load generator sends them requests. */
export class LoadMeter {
  /** Whether `stop` was called. */
  public isStopped = false;
  private suspensionCount = 0;

  public constructor(
    private readonly tasks: readonly LocalTask[],
    private readonly generator: LoadGenerator,
  ) {}

  /**
   * Measures the tasks at the current load. The measurement begins and ends with a response, so that slow requests are not counted in
   * part. It is repeated if this process was suspended during it.
   *
   * @returns undefined if no response came after the first one.
   * @throws MeasurementError if a request failed.
   */
  public async measure(limits: MeasurementLimits): Promise<LoadMeasurement | undefined> {
    for (let attempt = 1; ; attempt++) {
      const suspensionsBefore = this.suspensionCount;
      const wasSuspended = (): boolean => attempt < MAX_ATTEMPTS && this.suspensionCount > suspensionsBefore;
      try {
        const measurement = await this.measureOnce(limits);
        // after a suspension, as by Ctrl-Z, late or missing responses are not caused by the tasks.
        if (!wasSuspended()) return measurement;
      } catch (error) {
        if (!wasSuspended()) throw error;
      }
    }
  }

  private async measureOnce({
    minSeconds,
    maxSeconds,
    minResponses = MIN_RESPONSES,
  }: MeasurementLimits): Promise<LoadMeasurement | undefined> {
    const deadlineMillis = performance.now() + maxSeconds * 1000;
    await this.waitForResponses(deadlineMillis, () => true);
    this.generator.takeMeasurements();
    const before = cpuUsageOf(this.tasks);
    await this.waitForResponses(
      deadlineMillis,
      ({ count, seconds, meanLatencySeconds }) =>
        seconds >= minSeconds && count >= minResponses && seconds >= MIN_LATENCIES_PER_MEASUREMENT * meanLatencySeconds,
    );
    return this.measurementSince(before);
  }

  /**
   * Measures the CPU of a task without requests, after the last responses have come.
   *
   * @returns vCPU, the average over the tasks.
   */
  public async measureIdle(seconds: number): Promise<number> {
    await this.waitForLastResponses();
    const before = cpuUsageOf(this.tasks);
    await delay(1000 * seconds, undefined, { ref: false });
    // failures of the users who have left are not those of the next load.
    this.generator.takeMeasurements();
    return usedVcpuSince(before, this.tasks);
  }

  /** Stops waiting for responses. */
  public stop(): void {
    this.isStopped = true;
  }

  /** Waits for the response after which there are enough, or until the deadline. */
  private async waitForResponses(deadlineMillis: number, isEnough: (responses: ResponseCounter) => boolean): Promise<void> {
    const responses = new ResponseCounter(this.generator.createReader());
    while (!this.isStopped && performance.now() < deadlineMillis) {
      await this.waitForNextPoll();
      const isServed = responses.update();
      if (responses.failedCount > 0) throw await this.createFailureError();
      if (isServed && isEnough(responses)) return;
    }
  }

  private async waitForLastResponses(): Promise<void> {
    const deadlineMillis = performance.now() + 1000 * MAX_LAST_RESPONSES_SECONDS;
    const reader = this.generator.createReader();
    // the CPU of the last responses is reported after them.
    do await delay(CPU_REPORT_MILLIS);
    while (!this.isStopped && reader.takeMeasurements().inFlightRequests > 0 && performance.now() < deadlineMillis);
  }

  private async waitForNextPoll(): Promise<void> {
    const startedAtMillis = performance.now();
    await delay(POLL_INTERVAL_MILLIS);
    if (performance.now() - startedAtMillis - POLL_INTERVAL_MILLIS >= MIN_SUSPENSION_SECONDS * 1000) this.suspensionCount++;
  }

  private async measurementSince(before: CpuUsage): Promise<LoadMeasurement | undefined> {
    const measured = this.generator.takeMeasurements();
    const usedVcpu = usedVcpuSince(before, this.tasks);
    if (failedCount(measured.failures) > 0) throw await this.createFailureError();
    if (measured.servedRequests === 0) return undefined;
    return {
      requestsPerSecond: measured.servedRequests / measured.seconds / this.tasks.length,
      usedVcpu,
      latencySeconds: measured.latencySeconds / measured.servedRequests,
      p50Millis: measured.p50Millis,
      p95Millis: measured.p95Millis,
      p99Millis: measured.p99Millis,
      memoryMiB: meanMemoryMiB(this.tasks),
    };
  }

  private async createFailureError(): Promise<MeasurementError> {
    // why a request failed is reported a moment after the failure is counted.
    await delay(FAILURE_REPORT_MILLIS);
    const { lastFailure = 'a failed request' } = this.generator;
    return new MeasurementError(`under load, ${lastFailure}`, [
      `requests failed during the measurement, the last one with ${lastFailure}: ` +
        'give a --path that is also served when the task is busy, or find with the command check what fails under load',
    ]);
  }
}

interface CpuUsage {
  readonly cpuSeconds: number;
  readonly runningWallSeconds: number;
}

function cpuUsageOf(tasks: readonly LocalTask[]): CpuUsage {
  return {
    cpuSeconds: tasks.reduce((sum, task) => sum + task.cpuSeconds, 0),
    runningWallSeconds: tasks.reduce((sum, task) => sum + task.runningWallSeconds, 0),
  };
}

function usedVcpuSince(before: CpuUsage, tasks: readonly LocalTask[]): number {
  const after = cpuUsageOf(tasks);
  return (after.cpuSeconds - before.cpuSeconds) / (after.runningWallSeconds - before.runningWallSeconds);
}

function meanMemoryMiB(tasks: readonly LocalTask[]): number | undefined {
  const known = tasks.flatMap(({ memoryMiB }) => memoryMiB ?? []);
  return known.length === 0 ? undefined : mean(known);
}

/** Counts the responses since its creation. */
export class ResponseCounter {
  public count = 0;
  public failedCount = 0;
  private latencySeconds = 0;
  private readonly startedAtMillis = performance.now();

  /** @param client a reader that is used for nothing else. */
  public constructor(private readonly client: Client) {
    client.takeMeasurements();
  }

  /** Updates the counts. Returns whether a request was served since the last update. */
  public update(): boolean {
    const measured = this.client.takeMeasurements();
    this.count += measured.servedRequests;
    this.failedCount += failedCount(measured.failures);
    this.latencySeconds += measured.latencySeconds;
    return measured.servedRequests > 0;
  }

  public get seconds(): number {
    return (performance.now() - this.startedAtMillis) / 1000;
  }

  public get meanLatencySeconds(): number {
    return this.count === 0 ? 0 : this.latencySeconds / this.count;
  }
}
