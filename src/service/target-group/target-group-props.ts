import type { HealthCheckOptions } from './health-check-options';

/**
 * How requests are shared among the tasks.
 */
export interface TargetGroupProps {
  /**
   * How the load balancer finds out whether a task can serve.
   *
   * @default - what `HealthCheckOptions` has for each of its parts
   */
  readonly healthCheck?: HealthCheckOptions;
}
