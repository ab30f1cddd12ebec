import { fitWorkload } from '../forecast/fit-workload';
import { DEFAULTS } from '../plan/default-plan';
import { vcpuOf } from '../plan/task-size';
import { workloadInWords } from '../report/text/plan';
import { MEASURED_SEARCH_WORKLOAD, type Workload as ScenarioWorkload } from '../scenario/workload';
import { fittedLoadOf, knownOf, pointOf } from './fit-of-loads';
import type { FittedLoad } from './fitted-load';
import type { MeasuredLoad } from './measured-load';
import type { WorkloadFitOptions } from './workload-fit-options';
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
   * `npx cdk-scalable-stateless-service measure` finds them for your own service on your own machine.
   */
  public static measured(options: WorkloadOptions): Workload {
    return new Workload(workloadOf(options));
  }

  /**
   * The workload that comes closest to measured loads: CPU by least squares, then the base latency and the latency model whose
   * figures are closest. `fittedLoads` says how far each load is off.
   *
   * @param loads at least two, at different rates per task.
   * @param options what the loads do not tell.
   */
  public static fit(loads: MeasuredLoad[], options: WorkloadFitOptions = {}): Workload {
    const { workload, points } = fitWorkload(loads.map(pointOf), vcpuOf({ cpu: options.cpu ?? DEFAULTS.cpu }), knownOf(options));
    return new Workload(workload, points.map(fittedLoadOf));
  }

  /**
   * The search service that this package brings along, as it was load-tested on Fargate tasks with 0.25 vCPU: 0.1195 ms of CPU for a
   * request, 0.0315 vCPU besides, 31 ms on the way.
   */
  public static referenceSearchService(): Workload {
    return new Workload(MEASURED_SEARCH_WORKLOAD);
  }

  /**
   * How far each of the loads is off that the workload was fitted to; empty where it was not fitted.
   */
  public readonly fittedLoads: FittedLoad[];

  private constructor(
    private readonly workload: ScenarioWorkload,
    fittedLoads: FittedLoad[] = [],
  ) {
    this.fittedLoads = fittedLoads;
  }

  /**
   * The workload in words and numbers.
   */
  public toString(): string {
    return workloadInWords(this.workload);
  }

  /**
   * The workload as a scenario has it.
   *
   * @internal
   */
  public _workload(): ScenarioWorkload {
    return this.workload;
  }
}
