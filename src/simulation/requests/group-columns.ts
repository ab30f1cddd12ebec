import type { RequestTreatment } from './request-treatment';

const FIRST_ROWS = 16;

/** The numbers of groups of tasks, one row for each: a step at thousands of groups reads nothing else. */
export class GroupColumns {
  /** Requests in flight at one of the tasks. */
  public inFlight = new Float64Array(FIRST_ROWS);
  /** How many tasks there are. */
  public counts = new Float64Array(FIRST_ROWS);
  /** 1 if one of the tasks takes longer to respond than the health check timeout. */
  public overloaded = new Uint8Array(FIRST_ROWS);
  /** The CPU time that one of the tasks has used for requests. */
  public cpuSeconds = new Float64Array(FIRST_ROWS);
  public readonly treatments: RequestTreatment[] = [];
  private readonly freeRows: number[] = [];

  public addRow(treatment: RequestTreatment, inFlightPerTask: number, isOverloaded: boolean): number {
    const row = this.freeRows.pop() ?? this.treatments.length;
    if (row === this.inFlight.length) this.grow();
    this.treatments[row] = treatment;
    this.inFlight[row] = inFlightPerTask;
    this.counts[row] = 0;
    this.overloaded[row] = Number(isOverloaded);
    this.cpuSeconds[row] = 0;
    return row;
  }

  public removeRow(row: number): void {
    this.freeRows.push(row);
  }

  private grow(): void {
    const rows = 2 * this.inFlight.length;
    this.inFlight = copyOf(this.inFlight, new Float64Array(rows));
    this.counts = copyOf(this.counts, new Float64Array(rows));
    this.cpuSeconds = copyOf(this.cpuSeconds, new Float64Array(rows));
    this.overloaded = copyOf(this.overloaded, new Uint8Array(rows));
  }
}

function copyOf<Column extends Float64Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
