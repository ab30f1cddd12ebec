import type { LatencyBand, LatencyModel, TaskServer } from './latency';

/** Latencies are worked out at so many utilizations; between them, lines. */
const STEPS = 200;

/** Just below capacity: at it and above there is no steady latency, and a queue comes on top of this one. */
export const MOST_UTILIZATION = 0.999;

const STEPS_PER_UTILIZATION = STEPS / MOST_UTILIZATION;

/** The columns of a row of the table. */
const COLUMNS = 5;

/**
 * Looks latencies up in a table over the utilization, as a forecast asks for one each simulated second.
 *
 * What is kept is latency × (1 − utilization): that hardly bends, where the latency itself shoots up. Processor sharing on
 * one core is a straight line and stays exact.
 *
 * @param other gives the far end of the band.
 */
export function tabulated(model: LatencyModel, other: LatencyModel): TaskServer {
  return new TabulatedServer(model.capacityPerSecond, tableOf(model, other));
}

class TabulatedServer implements TaskServer {
  public constructor(
    public readonly capacityPerSecond: number,
    private readonly table: Float64Array,
  ) {}

  public meanAt(requestsPerSecond: number): number {
    const utilization = this.utilizationAt(requestsPerSecond);
    const step = stepBelow(utilization);
    return this.between(step, STEPS_PER_UTILIZATION * utilization - step, 0) * (1 / (1 - utilization));
  }

  public latencyAt(requestsPerSecond: number): LatencyBand {
    const utilization = this.utilizationAt(requestsPerSecond);
    const factor = 1 / (1 - utilization);
    const step = stepBelow(utilization);
    const share = STEPS_PER_UTILIZATION * utilization - step;
    return {
      mean: this.between(step, share, 0) * factor,
      p50: this.between(step, share, 1) * factor,
      p95: this.between(step, share, 2) * factor,
      p95Low: this.between(step, share, 3) * factor,
      p95High: this.between(step, share, 4) * factor,
    };
  }

  private utilizationAt(requestsPerSecond: number): number {
    return Math.min(MOST_UTILIZATION, Math.max(0, requestsPerSecond / this.capacityPerSecond));
  }

  /** What lies between two rows of the table. */
  private between(step: number, share: number, column: number): number {
    const below = this.table[COLUMNS * step + column]!;
    return below + share * (this.table[COLUMNS * (step + 1) + column]! - below);
  }
}

function stepBelow(utilization: number): number {
  return Math.min(STEPS - 1, Math.floor(STEPS_PER_UTILIZATION * utilization));
}

function tableOf(model: LatencyModel, other: LatencyModel): Float64Array {
  const table = new Float64Array(COLUMNS * (STEPS + 1));
  for (let step = 0; step <= STEPS; step++) {
    const utilization = (MOST_UTILIZATION * step) / STEPS;
    const requestsPerSecond = utilization * model.capacityPerSecond;
    const { mean, p50, p95 } = model.latencyAt(requestsPerSecond);
    const otherP95 = other.latencyAt(requestsPerSecond).p95;
    const row = [mean, p50, p95, Math.min(p95, otherP95), Math.max(p95, otherP95)];
    for (let column = 0; column < COLUMNS; column++) table[COLUMNS * step + column] = row[column]! * (1 - utilization);
  }
  return table;
}
