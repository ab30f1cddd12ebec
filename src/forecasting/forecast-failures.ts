/**
 * Failed requests, by how they failed.
 */
export interface ForecastFailures {
  /**
   * A task broke the connection off or refused it.
   */
  readonly http502: number;

  /**
   * There was no task to send the request to.
   */
  readonly http503: number;

  /**
   * A task kept silent for longer than the load balancer waits.
   */
  readonly http504: number;

  /**
   * Anything else, such as an error page of the task itself.
   */
  readonly other: number;
}
