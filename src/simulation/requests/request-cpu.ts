/** The CPU time that requests have used, since the start. */
export class RequestCpu {
  public seconds = 0;
  /** What requests at tasks that drain or stop used of it. */
  public drainingSeconds = 0;

  /** Adds what requests used at tasks of which ECS has, or has not, begun to stop. */
  public add(seconds: number, isActive: boolean): void {
    this.seconds += seconds;
    if (!isActive) this.drainingSeconds += seconds;
  }
}
