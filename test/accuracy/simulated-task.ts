import { SeededRandom } from '../../src/math/seeded-random';
import { EarliestFirst } from './earliest-first';

/** The period over which a container's quota of CPU is counted. */
const WINDOW_SECONDS = 0.1;

/** One task and what arrives at it, request by request. */
export interface TaskLoad {
  readonly cpuSecondsPerRequest: number;
  readonly requestsPerSecond: number;
  /** The CPU that requests may use: always this much, or this share of each window. */
  readonly cores: number;
  /**
   * How the quota is kept: by cores that are slow all the time, or by whole cores (so many, at least one) that are stopped when a
   * window's quota is used up.
   */
  readonly quota: 'even' | { readonly wholeCores: number };
  readonly requests: number;
  readonly seed: number;
}

/** What the requests saw. */
export interface SimulatedLatency {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Cores that were busy on average. */
  readonly busyCores: number;
}

/**
 * Simulates a task event by event: requests arrive by chance (Poisson), need an exponential CPU time, and share the cores in
 * equal parts, each on one core at most.
 *
 * It shares no formula with the forecast, which is compared with it.
 */
export function simulateTask(load: TaskLoad): SimulatedLatency {
  const latencies = new Float64Array(load.requests);
  const task = new SimulatedTask(load);
  for (let answered = 0; answered < load.requests; ) {
    const latency = task.step();
    if (latency !== undefined) latencies[answered++] = latency;
  }
  latencies.sort();
  const mean = latencies.reduce((sum, latency) => sum + latency, 0) / load.requests;
  const at = (share: number): number => latencies[Math.floor(share * load.requests)]!;
  return { mean, p50: at(0.5), p95: at(0.95), p99: at(0.99), busyCores: task.usedSeconds / task.clockSeconds };
}

class SimulatedTask {
  public clockSeconds = 0;
  public usedSeconds = 0;
  private readonly random: SeededRandom;
  private readonly present = new EarliestFirst();
  /** The CPU time that a request has got that was there from the start: all present get the same. */
  private servedSeconds = 0;
  private arrivesAtSeconds: number;
  private readonly runningCores: number;
  private readonly quotaSeconds: number;
  private quotaLeftSeconds: number;
  private windowEndsAtSeconds: number;

  public constructor(private readonly load: TaskLoad) {
    const isEven = load.quota === 'even';
    this.random = new SeededRandom(load.seed);
    this.runningCores = load.quota === 'even' ? load.cores : load.quota.wholeCores;
    this.quotaSeconds = isEven ? Number.POSITIVE_INFINITY : load.cores * WINDOW_SECONDS;
    this.quotaLeftSeconds = this.quotaSeconds;
    this.windowEndsAtSeconds = isEven ? Number.POSITIVE_INFINITY : WINDOW_SECONDS;
    this.arrivesAtSeconds = this.exponential(1 / load.requestsPerSecond);
  }

  /** Goes on to the next event, and returns the latency of the request that it completes, if it does. */
  public step(): number | undefined {
    const count = this.present.size;
    const speed = count === 0 || this.quotaLeftSeconds <= 0 ? 0 : Math.min(1, this.runningCores / count);
    const completedAtSeconds = speed > 0 ? this.clockSeconds + (this.present.first - this.servedSeconds) / speed : Number.POSITIVE_INFINITY;
    const stoppedAtSeconds = speed > 0 ? this.clockSeconds + this.quotaLeftSeconds / (count * speed) : Number.POSITIVE_INFINITY;
    const next = Math.min(this.arrivesAtSeconds, completedAtSeconds, stoppedAtSeconds, this.windowEndsAtSeconds);
    this.serve(next - this.clockSeconds, speed, count);
    this.clockSeconds = next;
    if (next === completedAtSeconds) {
      this.servedSeconds = this.present.first;
      return next - this.present.take();
    }
    if (next === stoppedAtSeconds) this.quotaLeftSeconds = 0;
    else if (next === this.windowEndsAtSeconds) this.openWindow();
    else this.arrive();
    return undefined;
  }

  private serve(seconds: number, speed: number, count: number): void {
    this.servedSeconds += seconds * speed;
    this.usedSeconds += seconds * speed * count;
    this.quotaLeftSeconds -= seconds * speed * count;
  }

  private openWindow(): void {
    this.quotaLeftSeconds = this.quotaSeconds;
    this.windowEndsAtSeconds += WINDOW_SECONDS;
  }

  private arrive(): void {
    this.present.add(this.servedSeconds + this.exponential(this.load.cpuSecondsPerRequest), this.clockSeconds);
    this.arrivesAtSeconds = this.clockSeconds + this.exponential(1 / this.load.requestsPerSecond);
  }

  private exponential(mean: number): number {
    return -mean * Math.log(1 - this.random.uniform());
  }
}
