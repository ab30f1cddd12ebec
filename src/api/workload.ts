import { InputError } from '../parse/input-error';
import { DEFAULTS } from '../plan/default-plan';
import { vcpuOf } from '../plan/task-size';
import { formatWorkload } from '../report/text/plan-text';
import { fitWorkload } from '../simulation/fit-workload';
import type { CompleteWorkload } from '../workload/workload-fields';
import { MEASURED_SEARCH_WORKLOAD, type Workload as ScenarioWorkload } from '../workload/workload-parameters';
import { checkTypes, listOf, optionsOf, structOf } from './argument-types';
import type { ServiceLoad, WorkloadFitOptions } from './workload-fit';
import { measuredPointOf, SERVICE_LOAD_FIELD_TYPES, serviceLoadOf, WORKLOAD_FIT_OPTIONS, workloadBeforeFit } from './workload-fit';
import { type WorkloadOptions, workloadFromOptions } from './workload-options';

/**
 * What a request costs the task that serves it: CPU, latency, memory, start-up and stop times.
 *
 * @example
 *
 * Workload.of({ cpuPerRequest: Duration.millis(0.12), baseLatency: Duration.millis(31) });
 */
export class Workload {
  /**
   * A workload by its numbers. What is left out is zero or a default; the text of a forecast lists it.
   *
   * `npx cdk-scalable-stateless-service measure` measures the numbers of your service on your machine.
   *
   * @throws InputError without `cpuPerRequest`, and for numbers out of range.
   */
  public static of(options: WorkloadOptions): Workload {
    if (options?.cpuPerRequest === undefined)
      throw new InputError([
        'cpuPerRequest must be given, such as Duration.millis(2); Workload.referenceSearchService() is a complete workload',
      ]);
    return new Workload(workloadFromOptions(options));
  }

  /**
   * The workload that is closest to measured loads: CPU by least squares, then base latency and latency model.
   *
   * `fittedLoads` has the figures of the fitted workload at each load.
   *
   * @param loads at least two, at different rates per task, of full minutes only.
   * @param options the numbers that loads do not contain.
   */
  public static fit(loads: ServiceLoad[], options: WorkloadFitOptions = {}): Workload {
    checkTypes(
      'Workload.fit',
      { loads, options },
      { loads: listOf(structOf('ServiceLoad', SERVICE_LOAD_FIELD_TYPES)), options: optionsOf(WORKLOAD_FIT_OPTIONS) },
    );
    const { workload: known, workloadDefaults } = workloadBeforeFit(options);
    const { workload, points } = fitWorkload(loads.map(measuredPointOf), vcpuOf({ cpu: options.cpu ?? DEFAULTS.cpu }), known);
    return new Workload({ workload, workloadDefaults }, points.map(serviceLoadOf));
  }

  /**
   * The workload of the bundled reference search service, load-tested on Fargate tasks with 0.25 vCPU: 0.1195 ms of CPU per
   * request, 0.0315 idle vCPU, 31 ms base latency.
   */
  public static referenceSearchService(): Workload {
    return new Workload({ workload: MEASURED_SEARCH_WORKLOAD, workloadDefaults: [] });
  }

  /**
   * The loads of `Workload.fit` in their order, with the figures of the fitted workload; empty for other workloads.
   */
  public readonly fittedLoads: ServiceLoad[];

  private constructor(
    private readonly complete: CompleteWorkload,
    fittedLoads: ServiceLoad[] = [],
  ) {
    this.fittedLoads = fittedLoads;
  }

  /**
   * The workload as text.
   */
  public toString(): string {
    return formatWorkload(this.complete.workload);
  }

  /**
   * @internal
   */
  public _workload(): ScenarioWorkload {
    return this.complete.workload;
  }

  /**
   * The workload with the names of the numbers that were not given.
   *
   * @internal
   */
  public _complete(): CompleteWorkload {
    return this.complete;
  }
}
