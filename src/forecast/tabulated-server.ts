import type { LatencyBand, LatencyModel, TaskServer } from './latency';

/** Latencies are worked out at so many utilizations; between them, lines. */
const STEPS = 200;

/** Just below capacity: at it and above there is no steady latency, and a queue comes on top of this one. */
export const MOST_UTILIZATION = 0.999;

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
    return this.lookUp(utilization, 0) * (1 / (1 - utilization));
  }

  public latencyAt(requestsPerSecond: number): LatencyBand {
    const utilization = this.utilizationAt(requestsPerSecond);
    const factor = 1 / (1 - utilization);
    return {
      mean: this.lookUp(utilization, 0) * factor,
      p50: this.lookUp(utilization, 1) * factor,
      p95: this.lookUp(utilization, 2) * factor,
      p95Low: this.lookUp(utilization, 3) * factor,
      p95High: this.lookUp(utilization, 4) * factor,
    };
  }

  private utilizationAt(requestsPerSecond: number): number {
    return Math.min(MOST_UTILIZATION, Math.max(0, requestsPerSecond / this.capacityPerSecond));
  }

  private lookUp(utilization: number, column: number): number {
    const place = (STEPS / MOST_UTILIZATION) * utilization;
    const step = Math.min(STEPS - 1, Math.floor(place));
    const below = this.table[COLUMNS * step + column]!;
    return below + (place - step) * (this.table[COLUMNS * (step + 1) + column]! - below);
  }
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
