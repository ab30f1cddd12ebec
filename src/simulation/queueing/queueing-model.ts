import type { Workload } from '../../workload/workload-parameters';
import type { LatencyBandSeconds, LatencyModel, QueueingModel } from './latency';
import { evenShare } from './processor-sharing';
import { quotaWindows } from './quota-windows';

const MODELS = { 'even-share': evenShare, 'quota-windows': quotaWindows } satisfies Record<Workload['latencyModel'], unknown>;
const OTHER_MODELS = { 'even-share': quotaWindows, 'quota-windows': evenShare } satisfies Record<Workload['latencyModel'], unknown>;

/** The models created so far, one for each workload object and task size: every seed of a scenario uses the same. */
const createdModels = new WeakMap<Workload, Map<number, QueueingModel>>();

/** The queueing models of a task with this vCPU: the latency model of the workload gives the latency, and the other one the range of the high percentiles. */
export function queueingModelOf(workload: Workload, vcpu: number): QueueingModel {
  const bySize = createdModels.get(workload) ?? new Map<number, QueueingModel>();
  createdModels.set(workload, bySize);
  const queueingModel =
    bySize.get(vcpu) ?? tabulatedModel(MODELS[workload.latencyModel](workload, vcpu), OTHER_MODELS[workload.latencyModel](workload, vcpu));
  bySize.set(vcpu, queueingModel);
  return queueingModel;
}

/** The workloads of slowed tasks, for each workload object and relative speed: every seed of a scenario uses the same. */
const slowedWorkloads = new WeakMap<Workload, Map<number, Workload>>();

/** The queueing models of a task at a share of its speed: at a half, a request takes twice the CPU. */
export function queueingModelAtSpeed(workload: Workload, vcpu: number, relativeSpeed: number): QueueingModel {
  if (relativeSpeed === 1) return queueingModelOf(workload, vcpu);
  const bySpeed = slowedWorkloads.get(workload) ?? new Map<number, Workload>();
  slowedWorkloads.set(workload, bySpeed);
  const slowed = bySpeed.get(relativeSpeed) ?? {
    ...workload,
    cpuSecondsPerRequest: workload.cpuSecondsPerRequest / relativeSpeed,
    cpuSecondsPerWakeUp: workload.cpuSecondsPerWakeUp / relativeSpeed,
  };
  bySpeed.set(relativeSpeed, slowed);
  return queueingModelOf(slowed, vcpu);
}

/** Latencies are computed at this many utilizations above 0, and interpolated linearly between them. */
const TABLE_STEPS = 200;

/** Just below the capacity. At the capacity no latency is steady: a queue adds to the latency of this utilization. */
export const MAX_UTILIZATION = 0.999;

const STEPS_PER_UTILIZATION = TABLE_STEPS / MAX_UTILIZATION;

/** The columns of the table: mean, p50, p95, p99, and the lower and the higher p95 and p99 of both models. */
const TABLE_COLUMNS = 8;

/**
 * Tabulates latencies over the utilization, because a forecast needs one each simulated second.
 *
 * The table holds latency × (1 − utilization), which is almost linear where the latency itself rises steeply. Processor sharing on
 * one core is linear and stays exact.
 *
 * @param other the other latency model, for the range of the high percentiles.
 */
export function tabulatedModel(model: LatencyModel, other: LatencyModel): QueueingModel {
  return new TabulatedModel(model.capacityPerSecond, tableOf(model, other));
}

class TabulatedModel implements QueueingModel {
  /** The rate of the last latency of a step: tasks that are alike get equal rates, one after the other. */
  private lastRequestsPerSecond = Number.NaN;
  private readonly lastLatency = noLatency();
  private idleLatency?: LatencyBandSeconds;

  public constructor(
    public readonly capacityPerSecond: number,
    private readonly table: Float64Array,
  ) {}

  public meanAt(requestsPerSecond: number): number {
    const utilization = this.utilizationAt(requestsPerSecond);
    const step = stepBelow(utilization);
    return this.interpolate(step, STEPS_PER_UTILIZATION * utilization - step, 0) * (1 / (1 - utilization));
  }

  public latencyAt(requestsPerSecond: number): LatencyBandSeconds {
    const latency = noLatency();
    this.computeLatency(requestsPerSecond, latency);
    return latency;
  }

  public latencyOfStep(requestsPerSecond: number): LatencyBandSeconds {
    if (requestsPerSecond === 0) {
      this.idleLatency ??= this.latencyAt(0);
      return this.idleLatency;
    }
    if (requestsPerSecond !== this.lastRequestsPerSecond) {
      this.lastRequestsPerSecond = requestsPerSecond;
      this.computeLatency(requestsPerSecond, this.lastLatency);
    }
    return this.lastLatency;
  }

  private computeLatency(requestsPerSecond: number, into: MutableLatency): void {
    const utilization = this.utilizationAt(requestsPerSecond);
    const factor = 1 / (1 - utilization);
    const step = stepBelow(utilization);
    const share = STEPS_PER_UTILIZATION * utilization - step;
    into.mean = this.interpolate(step, share, 0) * factor;
    into.p50 = this.interpolate(step, share, 1) * factor;
    into.p95 = this.interpolate(step, share, 2) * factor;
    into.p99 = this.interpolate(step, share, 3) * factor;
    into.p95Low = this.interpolate(step, share, 4) * factor;
    into.p95High = this.interpolate(step, share, 5) * factor;
    into.p99Low = this.interpolate(step, share, 6) * factor;
    into.p99High = this.interpolate(step, share, 7) * factor;
  }

  private utilizationAt(requestsPerSecond: number): number {
    return Math.min(MAX_UTILIZATION, Math.max(0, requestsPerSecond / this.capacityPerSecond));
  }

  /** Interpolates between two rows of the table. */
  private interpolate(step: number, share: number, column: number): number {
    const below = this.table[TABLE_COLUMNS * step + column]!;
    return below + share * (this.table[TABLE_COLUMNS * (step + 1) + column]! - below);
  }
}

type MutableLatency = { -readonly [Name in keyof LatencyBandSeconds]: number };

/** NaN for each, so that the fields are fractions from the start. */
function noLatency(): MutableLatency {
  const none = Number.NaN;
  return { mean: none, p50: none, p95: none, p99: none, p95Low: none, p95High: none, p99Low: none, p99High: none };
}

function stepBelow(utilization: number): number {
  return Math.min(TABLE_STEPS - 1, Math.floor(STEPS_PER_UTILIZATION * utilization));
}

function tableOf(model: LatencyModel, other: LatencyModel): Float64Array {
  const table = new Float64Array(TABLE_COLUMNS * (TABLE_STEPS + 1));
  for (let step = 0; step <= TABLE_STEPS; step++) {
    const utilization = (MAX_UTILIZATION * step) / TABLE_STEPS;
    const requestsPerSecond = utilization * model.capacityPerSecond;
    const { mean, p50, p95, p99 } = model.latencyAt(requestsPerSecond);
    const others = other.latencyAt(requestsPerSecond);
    const row = [mean, p50, p95, p99, ...rangeOf(p95, others.p95), ...rangeOf(p99, others.p99)];
    for (let column = 0; column < TABLE_COLUMNS; column++) table[TABLE_COLUMNS * step + column] = row[column]! * (1 - utilization);
  }
  return table;
}

function rangeOf(one: number, other: number): [number, number] {
  return [Math.min(one, other), Math.max(one, other)];
}
