/**
 * Something that befell the tasks, or was done to them.
 */
export interface ForecastEvent {
  /**
   * When, in seconds from the start of the traffic.
   */
  readonly atSeconds: number;

  /**
   * `fault`, `task-lost`, `replacement-healthy`, `zone-recovered`, `rebalancing-started`, `deployment-started`, `deployment-completed`,
   * `deployment-failed`, `rolled-back` or `policy-changed`.
   */
  readonly kind: string;

  /**
   * The same in a few words, such as `2 tasks were stopped`.
   */
  readonly description: string;
}
