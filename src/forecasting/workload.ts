import { MEASURED_SEARCH_WORKLOAD, type Workload as ScenarioWorkload } from '../scenario/workload';
import { workloadOf } from './workload-of-options';
import type { WorkloadOptions } from './workload-options';

/**
 * What a request costs the task that serves it, and what a task costs besides.
 *
 * @example
 *
 * Workload.measured({ cpuPerRequest: Duration.millis(0.12), baseLatency: Duration.millis(31) });
 */
export class Workload {
  /**
   * A workload by its numbers.
   *
   * `npx cdk-scalable-stateless-service rehearse` measures them of your own service on your own machine.
   */
  public static measured(options: WorkloadOptions): Workload {
    return new Workload(workloadOf(options));
  }

  /**
   * The search service that this package brings along, as it was load-tested on Fargate tasks with 0.25 vCPU: 0.1195 ms of CPU for a
   * request, 0.0315 vCPU besides, 31 ms on the way.
   */
  public static referenceSearchService(): Workload {
    return new Workload(MEASURED_SEARCH_WORKLOAD);
  }

  private constructor(private readonly workload: ScenarioWorkload) {}

  /**
   * The workload as a scenario has it.
   *
   * @internal
   */
  public _workload(): ScenarioWorkload {
    return this.workload;
  }
}
