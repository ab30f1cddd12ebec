const FIRST_ROWS = 16;

/** Responses of groups of tasks in one step that have the same latency but for how long they waited, one row for each group. */
export class Responses {
  public length = 0;
  public counts: Float64Array = new Float64Array(FIRST_ROWS);
  /** How long each waited besides its latency. */
  public waitSeconds: Float64Array = new Float64Array(FIRST_ROWS);
  /** The share of the steady number that is in flight: the latency is as much shorter, except for its base. */
  public steadyShares: Float64Array = new Float64Array(FIRST_ROWS);

  public add(count: number, waitSeconds: number, steadyShare: number): void {
    const { length } = this;
    if (length === this.counts.length) this.grow();
    this.counts[length] = count;
    this.waitSeconds[length] = waitSeconds;
    this.steadyShares[length] = steadyShare;
    this.length = length + 1;
  }

  public clear(): void {
    this.length = 0;
  }

  private grow(): void {
    this.counts = twiceAsLong(this.counts);
    this.waitSeconds = twiceAsLong(this.waitSeconds);
    this.steadyShares = twiceAsLong(this.steadyShares);
  }
}

function twiceAsLong(column: Float64Array): Float64Array {
  const longer = new Float64Array(2 * column.length);
  longer.set(column);
  return longer;
}
