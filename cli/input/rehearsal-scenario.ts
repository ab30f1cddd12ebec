import { startUpRemark } from '../../rehearsal/comparison/speed-remarks';
import {
  type MeasuredWorkload,
  MeasurementError,
  type MeasurementParts,
  machineRequestsPerSecond,
  measureWorkload,
} from '../../rehearsal/measure/measure-workload';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { vcpuOf } from '../../src/plan/task-size';
import { formatNumber } from '../../src/report/number-format';
import { workloadLines } from '../../src/report/text/plan-text';
import { atSpeed } from '../../src/run/at-speed';
import type { Scenario } from '../../src/run/scenario';
import { scenarioErrors } from '../../src/run/scenario-validation';
import { queueingModelOf } from '../../src/simulation/queueing/queueing-model';
import { formatTraffic, type Traffic, type TrafficPhase } from '../../src/traffic/traffic-phases';
import { LATENCY_MODELS, type Workload } from '../../src/workload/workload-parameters';
import type { RehearseArguments } from '../commands/rehearse-options';
import type { RehearsalScenarioInput } from '../options/scenario-options';
import type { Console } from '../output/console';
import { coreSpeedFor, defaultTraffic, firstTargetOf, SURGE_LOAD_SHARE, surgeRequestsPerSecond } from './default-traffic';
import type { SettableInputs } from './set-option';

/** A request costs more CPU time on a busy machine, so several tasks are measured at once; more than these do not make it busier. */
const MAX_MEASURED_TASKS = 3;

/** A scenario before the measurement: traffic may be missing, and the workload is the assumed one. */
type RequestedScenario = Omit<Scenario, 'traffic'> & { readonly traffic?: Traffic };

/** A scenario to rehearse. */
export interface RehearsalScenario {
  readonly scenario: Scenario;
  /** The speed of the cores that tasks run on, as a share of this machine's. */
  readonly coreSpeed?: number;
  /** Why the workload was not measured, as a remark on the forecast. */
  readonly measurementFailure?: string;
  /** What one has to know of the measurement and of the traffic. */
  readonly remarks: readonly string[];
}

/** A surge may be above what the machine was measured to make by this factor: it is a fifth more in fact. */
const MAX_EXCESS = 1.15;

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
  console.print('\nMeasuring what a request costs one task, about 20 seconds, up to a minute if it is slow …');
  const measured = await measureOrFailure(args, requested, context);
  const known = typeof measured === 'string' ? unmeasuredScenario(args, requested, measured, console) : { ...requested, ...measured };
  const { scenario, coreSpeed, remarks } = await withTraffic(args, known, context);
  console.print(`  traffic   ${trafficText(scenario, args)}`);
  throwIfAny(scenarioErrors(scenario));
  const allRemarks = [...remarks, ...startUpRemark(scenario, args.speed)];
  for (const remark of allRemarks) console.print(`  ${remark}`);
  return { scenario, coreSpeed, remarks: allRemarks, measurementFailure: typeof measured === 'string' ? measured : undefined };
}

/** What was measured of a task. */
interface MeasuredTask {
  readonly workload: Workload;
  /** The highest rate that this machine can send, balance and serve. */
  readonly machineRequestsPerSecond: number;
}

/** A scenario whose workload is known, by measurement or by assumption. */
type KnownScenario = RequestedScenario & Pick<Scenario, 'isWorkloadAssumed'> & Partial<Pick<MeasuredTask, 'machineRequestsPerSecond'>>;

/** Measures tasks, or returns why they could not be measured. */
async function measureOrFailure(
  args: RehearseArguments,
  requested: RequestedScenario,
  context: MeasurementContext,
): Promise<MeasuredTask | string> {
  try {
    return await measureTask(args, requested, context);
  } catch (error) {
    if (!(error instanceof MeasurementError)) throw error;
    if (requested.traffic === undefined && args.externalSeconds === undefined) throw noTrafficError(error);
    return formatMeasurementFailure(error, args);
  }
}

async function measureTask(
  { speed }: RehearseArguments,
  { plan }: RequestedScenario,
  { console, interrupted, ...context }: MeasurementContext,
  coreSpeed?: number,
): Promise<MeasuredTask> {
  const taskCount = Math.max(1, Math.min(plan.policy.minCapacity, MAX_MEASURED_TASKS));
  const measured = await console.withDetailedProgress((onProgress) =>
    Promise.race([measureWorkload({ ...context, plan, taskCount, speed, coreSpeed, onProgress }), interrupted]),
  );
  const workload = withLatencyModel(measured, vcpuOf(plan.task));
  console.print(`  ${workloadLines({ workload })[0]} (fitted within ${(100 * measured.maxResidualShare).toFixed(1)} points of CPU)`);
  for (const { path, statusCode } of measured.unusualResponses)
    console.print(`  GET ${path} responded ${statusCode}, and that is what was measured: give a --path that responds 200`);
  return { workload, machineRequestsPerSecond: machineRequestsPerSecond(measured.limit, taskCount, workload.cpuSecondsPerRequest) };
}

/** The forecast beside the rehearsal then has the workload of the scenario file, or else that of the reference service. */
function unmeasuredScenario(
  { scenarioInput }: RehearseArguments,
  requested: RequestedScenario,
  failure: string,
  console: Console,
): KnownScenario {
  console.print(`  ${failure}`);
  for (const line of workloadLines(requested)) console.print(`  ${line}`);
  return { ...requested, isWorkloadAssumed: scenarioInput.workload === undefined };
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

/** Adds the traffic that is given, or chooses traffic that this machine can make beside the tasks, on a slower core if need be. */
async function withTraffic(
  args: RehearseArguments,
  { machineRequestsPerSecond: maxRate = Number.POSITIVE_INFINITY, traffic, ...known }: KnownScenario,
  context: MeasurementContext,
): Promise<Pick<RehearsalScenario, 'coreSpeed' | 'remarks'> & { readonly scenario: Scenario }> {
  const { externalSeconds, speed } = args;
  if (externalSeconds !== undefined) return { scenario: { ...known, traffic: noTraffic(externalSeconds) }, remarks: [] };
  if (traffic !== undefined) return { scenario: { ...known, traffic }, remarks: machineRemarks(traffic, known.workload, maxRate) };
  const wantedRate = surgeRequestsPerSecond(known);
  const coreSpeed = coreSpeedFor(known, maxRate);
  if (coreSpeed === 1) return { scenario: { ...known, traffic: defaultTraffic(atSpeed(known, speed)) }, remarks: [] };
  const slowness = (1 / coreSpeed).toPrecision(2);
  const reason = `${formatNumber(wantedRate)} requests per second would be needed to scale out, and this machine makes about ${formatNumber(maxRate)} beside the tasks`;
  context.console.print(`  ${reason}: measuring again, with tasks on cores ${slowness} times slower …`);
  const slower = { ...known, ...(await measureTask(args, known, context, coreSpeed)) };
  const chosen = defaultTraffic(atSpeed(slower, speed), maxRate);
  const unscaled = surgeRequestsPerSecond(slower) > MAX_EXCESS * maxRate ? ' Even so the traffic stays below the targets.' : '';
  const remark = `${reason}: the tasks run on cores that are ${slowness} times slower, on which a request costs as much more.${unscaled} To rehearse at full speed, use a heavier --path, fewer or smaller tasks such as --set minCapacity=1, or a machine with more cores`;
  return { scenario: { ...slower, traffic: chosen }, coreSpeed, remarks: [remark] };
}

/** Warns before a rehearsal whose traffic this machine probably cannot make. */
export function machineRemarks(traffic: Traffic, workload: Workload, maxRate: number): string[] {
  const rate = Math.max(...[...traffic.phases].map((phase) => maxRequestsPerSecondOf(phase, workload)));
  if (rate <= maxRate) return [];
  return [
    `the traffic is up to about ${formatNumber(rate)} requests per second, and this machine makes about ${formatNumber(maxRate)} beside the tasks: latencies will be those of a busy machine. Use less traffic, a lighter --path, or more cores`,
  ];
}

/** Users send no more than one request at a time, and none before their pacing has passed. */
function maxRequestsPerSecondOf(
  { kind, from, to, thinkSeconds, pacingSeconds = 0, requestsPerSecondBeside: beside = { from: 0, to: 0 } }: TrafficPhase,
  workload: Workload,
): number {
  const value = Math.max(from, to);
  if (kind === 'rps') return value;
  const cycleSeconds = Math.max(thinkSeconds + workload.baseLatencySeconds + workload.cpuSecondsPerRequest, pacingSeconds);
  return value / cycleSeconds + Math.max(beside.from, beside.to);
}

/** Traffic without requests, for a rehearsal whose requests come from another program. */
function noTraffic(durationSeconds: number): Traffic {
  return { phases: [{ kind: 'rps', from: 0, to: 0, thinkSeconds: 0, durationSeconds }] };
}

function trafficText({ traffic, plan, workload }: Scenario, { externalSeconds, scenarioInput }: RehearseArguments): string {
  if (externalSeconds !== undefined) return 'whatever comes to the address below';
  const chosen =
    scenarioInput.traffic === undefined
      ? ` (chosen to pass the ${firstTargetOf(plan, workload).name} by ${Math.round(100 * (SURGE_LOAD_SHARE - 1))} %)`
      : '';
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
