import { type MeasuredWorkload, MeasurementError, type MeasurementParts, measureWorkload } from '../../rehearsal/measure/measure-workload';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { vcpuOf } from '../../src/plan/task-size';
import { workloadLines } from '../../src/report/text/plan-text';
import { atSpeed } from '../../src/run/at-speed';
import type { Scenario } from '../../src/run/scenario';
import { scenarioErrors } from '../../src/run/scenario-validation';
import { queueingModelOf } from '../../src/simulation/queueing/queueing-model';
import { formatTraffic, type Traffic } from '../../src/traffic/traffic-phases';
import { LATENCY_MODELS, type Workload } from '../../src/workload/workload-parameters';
import type { RehearseArguments } from '../commands/rehearse-options';
import type { RehearsalScenarioInput } from '../options/scenario-options';
import type { Console } from '../output/console';
import { defaultTraffic, SURGE_LOAD_SHARE } from './default-traffic';
import type { SettableInputs } from './set-option';

/** A request costs more CPU time on a busy machine, so several tasks are measured at once; more than these do not make it busier. */
const MAX_MEASURED_TASKS = 3;

/** A scenario before the measurement: traffic may be missing, and the workload is the assumed one. */
type RequestedScenario = Omit<Scenario, 'traffic'> & { readonly traffic?: Traffic };

/** A scenario to rehearse. */
export interface RehearsalScenario {
  readonly scenario: Scenario;
  /** Why the workload was not measured, as a remark on the forecast. */
  readonly measurementFailure?: string;
}

type MeasurementContext = Omit<MeasurementParts, 'plan'> & { readonly console: Console; readonly interrupted: Promise<never> };

/** The scenario of a task to which the changes of `--set` have been applied. */
export function requestedScenario(
  { plan, workload, behavior }: SettableInputs,
  { changes: _, ...input }: RehearsalScenarioInput,
): RequestedScenario {
  return { ...input, plan, workload, behavior };
}

/**
 * Measures what a request costs a task, and chooses traffic from it if none is given.
 *
 * With traffic, the rehearsal continues without a measurement: a service that fails under load is worth seeing.
 */
export async function rehearsalScenario(
  args: RehearseArguments,
  requested: RequestedScenario,
  context: MeasurementContext,
): Promise<RehearsalScenario> {
  const { console } = context;
  console.print('\nMeasuring what a request costs one task, about 15 seconds, up to a minute if it is slow …');
  const { workload, measurementFailure } = await measureOrAssumeWorkload(args, requested, context);
  const isWorkloadAssumed = measurementFailure !== undefined && args.scenarioInput.workload === undefined;
  const scenario = withTraffic(
    {
      ...requested,
      workload,
      workloadDefaults: measurementFailure === undefined ? undefined : requested.workloadDefaults,
      isWorkloadAssumed,
    },
    args,
  );
  console.print(`  traffic   ${trafficText(scenario, args)}`);
  throwIfAny(scenarioErrors(scenario));
  return { scenario, measurementFailure };
}

async function measureOrAssumeWorkload(
  args: RehearseArguments,
  requested: RequestedScenario,
  context: MeasurementContext,
): Promise<{ readonly workload: Workload; readonly measurementFailure?: string }> {
  const { console, interrupted } = context;
  const taskCount = Math.max(1, Math.min(requested.plan.policy.minCapacity, MAX_MEASURED_TASKS));
  try {
    const measured = await console.withDetailedProgress((onProgress) =>
      Promise.race([measureWorkload({ ...context, plan: requested.plan, taskCount, speed: args.speed, onProgress }), interrupted]),
    );
    const workload = withLatencyModel(measured, vcpuOf(requested.plan.task));
    console.print(`  ${workloadLines({ workload })[0]} (fitted within ${(100 * measured.maxResidualShare).toFixed(1)} points of CPU)`);
    return { workload };
  } catch (error) {
    if (!(error instanceof MeasurementError)) throw error;
    if (requested.traffic === undefined && args.externalSeconds === undefined) throw noTrafficError(error);
    const measurementFailure = formatMeasurementFailure(error, args);
    console.print(`  ${measurementFailure}`);
    for (const line of workloadLines(requested)) console.print(`  ${line}`);
    return { workload: requested.workload, measurementFailure };
  }
}

function noTrafficError({ errors }: MeasurementError): InputError {
  return new InputError([
    ...errors,
    "without a measurement no traffic can be chosen: give --traffic, such as --traffic 'users 5 for 10m', to rehearse all the same",
  ]);
}

function formatMeasurementFailure({ reason }: MeasurementError, { scenarioInput }: RehearseArguments): string {
  const instead = scenarioInput.workload === undefined ? 'reference service' : 'scenario file';
  return `what a request costs could not be measured (${reason}): the forecast beside the rehearsal has the workload of the ${instead} instead`;
}

function withTraffic(requested: Omit<Scenario, 'traffic'> & { readonly traffic?: Traffic }, args: RehearseArguments): Scenario {
  const { externalSeconds, speed } = args;
  if (externalSeconds !== undefined) return { ...requested, traffic: noTraffic(externalSeconds) };
  return { ...requested, traffic: requested.traffic ?? defaultTraffic(atSpeed(requested, speed)) };
}

/** Traffic without requests, for a rehearsal whose requests come from another program. */
function noTraffic(durationSeconds: number): Traffic {
  return { phases: [{ kind: 'rps', from: 0, to: 0, thinkSeconds: 0, durationSeconds }] };
}

function trafficText({ traffic }: Scenario, { externalSeconds, scenarioInput }: RehearseArguments): string {
  if (externalSeconds !== undefined) return 'whatever comes to the address below';
  const chosen =
    scenarioInput.traffic === undefined ? ` (chosen to pass the CPU target by ${Math.round(100 * (SURGE_LOAD_SHARE - 1))} %)` : '';
  return formatTraffic(traffic) + chosen;
}

/** The measured workload with the latency model that is closest to the latency at the highest rate. */
export function withLatencyModel({ workload, points }: MeasuredWorkload, vcpu: number): Workload {
  const { requestsPerSecond, latencySeconds } = points.at(-1)!;
  const latencyError = (latencyModel: Workload['latencyModel']): number => {
    const queueingModel = queueingModelOf({ ...workload, latencyModel }, vcpu);
    return Math.abs(
      Math.log(queueingModel.latencyAt(Math.min(requestsPerSecond, 0.99 * queueingModel.capacityPerSecond)).mean / latencySeconds),
    );
  };
  const [first, second] = LATENCY_MODELS;
  return { ...workload, latencyModel: latencyError(first) < latencyError(second) ? first : second };
}
