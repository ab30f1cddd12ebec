/**
 * What a CPU quota does to a request. Real tasks lie between the two.
 */
export enum LatencyModel {
  /**
   * Every request runs at the task's share of a core, all the time. The cautious one.
   */
  EVEN_SHARE = 'even-share',

  /**
   * Requests run at full speed, and the task is stopped when the quota of a window of 100 ms is used up.
   */
  QUOTA_WINDOWS = 'quota-windows',
}
