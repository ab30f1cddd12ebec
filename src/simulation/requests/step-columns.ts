const FIRST_ROWS = 16;

/** What a step did at groups of tasks, one row for each. */
export class StepColumns {
  /** The requests that the tasks of the group have completed together. */
  public completedRequests: Float64Array = new Float64Array(FIRST_ROWS);
  /** Requests in flight at one of the tasks at the end of the step. */
  public inFlightAtEnd: Float64Array = new Float64Array(FIRST_ROWS);
  /** The response time at the end of the step, without a slow dependency. */
  public responseSeconds: Float64Array = new Float64Array(FIRST_ROWS);

  /** Makes room for a number of rows. */
  public reserve(rows: number): void {
    if (rows <= this.completedRequests.length) return;
    this.completedRequests = new Float64Array(2 * rows);
    this.inFlightAtEnd = new Float64Array(2 * rows);
    this.responseSeconds = new Float64Array(2 * rows);
  }
}
