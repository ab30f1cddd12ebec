import type { Fault } from '../../../src/faults/fault-kinds';
import type { Plan } from '../../../src/plan/service-plan';
import type { Outcome } from '../../../src/run/outcome';
import type { Scenario } from '../../../src/run/scenario';
import { AWS_BEHAVIOR, type AwsBehavior } from '../../../src/scaling/aws-behavior';
import type { PolicyChange } from '../../../src/scaling/policies';
import { forecast } from '../../../src/simulation/forecast';
import { relevantVariants } from '../../../src/simulation/sensitivity';
import { DEFAULT_START, minutesSince1970 } from '../../../src/time/calendar';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../../src/workload/workload-parameters';
import { type LoadOfCase, loadOfCase } from './load-of-case';
import { planOfCase } from './plan-of-case';
import type { CaseLoad, CaseServiceModel, ScalingCase } from './scaling-case';

/** An odd number of runs has one in the middle. */
const SEEDS = 51;

/** So long a case is watched after its load has ended, where it expects something of that time. */
const QUIET_SECONDS = 7200;

/** So long a load is held where the case says how much, and not how long. */
const UNTIMED_SECONDS = 900;

/** How long before the first thing that is done to a service it is watched. */
const BEFORE_CHANGES_SECONDS = 1800;

/** A case, run once for each of some seeds. */
export interface CaseRun {
  readonly case: ScalingCase;
  readonly scenario: Scenario & { readonly faults: readonly Fault[] };
  readonly load: LoadOfCase;
  readonly outcomes: readonly Outcome[];
}

/** Forecasts a case over many seeds. */
export function runCase(one: ScalingCase): CaseRun {
  const plan = withSchedule(one, planOfCase(one.config ?? {}));
  const workload = workloadOf(one.service_model ?? {}, one.load ?? {}, plan.task.cpu / 1024);
  const strongRate = (plan.policy.minCapacity * (0.9 * (plan.task.cpu / 1024) - workload.idleVcpu)) / workload.cpuSecondsPerRequest;
  const load = loadOfCase(timed(one, strongRate), expectsQuiet(one) ? QUIET_SECONDS : 0);
  const scenario = {
    plan,
    workload,
    traffic: load.traffic,
    behavior: behaviorOf(one),
    faults: faultsOf(one),
    policyChanges: policyChangesOf(one),
    seed: 1,
  };
  return { case: one, scenario, load, outcomes: forecastsOf(scenario) };
}

/** The end of an activity is when its tasks run only if an activity may be as short as their launch. */
function behaviorOf({ expect = [] }: ScalingCase): AwsBehavior {
  const asksWhenTasksRun = expect.some(({ event }) => event === 'running');
  return asksWhenTasksRun ? { ...AWS_BEHAVIOR, minActivitySeconds: 0 } : AWS_BEHAVIOR;
}

/** The same scenario with each seed. */
export function forecastsOf(scenario: Scenario, seeds = SEEDS): Outcome[] {
  return Array.from({ length: seeds }, (_, index) => forecast({ ...scenario, seed: index + 1 }));
}

/** Runs of each other behavior of AWS: fewer, because there are many behaviors. */
const SEEDS_OF_VARIANT = 11;

/** What a request costs is known this well. */
const CPU_FACTORS = [0.9, 1.1];

/** The same case where AWS behaves otherwise, each undocumented setting in turn, and where a request costs more or less. */
export function runsOfVariants({ case: one, scenario, load }: CaseRun): CaseRun[] {
  const { workload } = scenario;
  const variants = [
    ...relevantVariants(scenario).map(({ behavior }) => ({ ...scenario, behavior })),
    ...CPU_FACTORS.map((factor) => ({
      ...scenario,
      workload: { ...workload, cpuSecondsPerRequest: factor * workload.cpuSecondsPerRequest },
    })),
  ];
  return variants.map((varied) => ({ case: one, scenario: varied, load, outcomes: forecastsOf(varied, SEEDS_OF_VARIANT) }));
}

function workloadOf(model: CaseServiceModel, load: CaseLoad, vcpu: number): Workload {
  const known = MEASURED_SEARCH_WORKLOAD;
  return {
    ...known,
    ...(model.cpu_ms_per_request === undefined ? {} : { cpuSecondsPerRequest: model.cpu_ms_per_request / 1000 }),
    ...(model.rtt_ms === undefined ? {} : { baseLatencySeconds: model.rtt_ms / 1000 }),
    idleVcpu: model.fixed_cores_per_task ?? fixedCoresOf(load, vcpu) ?? known.idleVcpu,
  };
}

/** A service that is said to use 1 to 10 % of its CPU without traffic uses the middle of that. */
function fixedCoresOf({ cpu_pct }: CaseLoad, vcpu: number): number | undefined {
  const range = /^(\d+)\.\.(\d+)/.exec(cpu_pct ?? '');
  return range === null ? undefined : ((Number(range[1]) + Number(range[2])) / 200) * vcpu;
}

/** A case that gives no load is one of a service under a load that is beyond its target, or idle where it says so. */
function timed(one: ScalingCase, strongRate: number): CaseLoad {
  const load = one.load ?? {};
  if (load.model === 'none') return { ...load, phases: [{ at_s: 0, rps: 0, duration_s: BEFORE_CHANGES_SECONDS + 3600 }] };
  if (load.model !== undefined) return load;
  const lastFault = Math.max(0, ...faultsOf(one).map(({ atSeconds }) => atSeconds));
  const isLight = one.kind === 'resilience' || isScheduled(one);
  const rps = isLight ? Math.round(strongRate / 3) : strongRate;
  return { phases: [{ at_s: 0, rps, duration_s: lastFault + UNTIMED_SECONDS }] };
}

function expectsQuiet({ expect = [] }: ScalingCase): boolean {
  return expect.some(
    ({ reference, assertion, direction }) => reference === 'load_end' || assertion === 'desired_suffix' || direction === 'in',
  );
}

/** Whether a case is about a scheduled action, which then is one of this scenario. */
function isScheduled({ expect = [] }: ScalingCase): boolean {
  return expect.some(({ event }) => event === 'scheduled_action_effect');
}

/** When the scheduled action of a case is due, in a scenario that begins at midnight. */
export const SCHEDULED_AT_SECONDS = 300;

/** A scheduled action that doubles the minimum. */
function withSchedule(one: ScalingCase, plan: Plan): Plan {
  if (!isScheduled(one)) return plan;
  const minute = minutesSince1970(DEFAULT_START) + SCHEDULED_AT_SECONDS / 60;
  const action = { name: 'Morning', schedule: { kind: 'at', minute } as const, minCapacity: 2 * plan.policy.minCapacity };
  return { ...plan, policy: { ...plan.policy, scheduledActions: [action] } };
}

/** What was done to the tasks. A case of a deployment or a stop that does not say when has it after a minute. */
function faultsOf({ inject = [], expect = [] }: ScalingCase): Fault[] {
  const deploys = expect.some(({ assertion }) => assertion.startsWith('deployment_'));
  const isUntimedStop = inject.length === 0 && expect.some(({ reference }) => reference === 'stop');
  if (isUntimedStop) return [{ kind: 'stop-task', atSeconds: 60, count: 1 }];
  const stops = inject
    .filter(({ action }) => action === 'StopTask')
    .map(({ at_s, count = 1 }): Fault => ({ kind: 'stop-task', atSeconds: at_s!, count }));
  return deploys && stops.length === 0 ? [{ kind: 'deploy', atSeconds: 60 }] : stops;
}

/**
 * When a policy was put again. A case only says before which time of the day: the first one is put after half an hour, and those
 * after it a minute, the metric's period, before their time.
 */
function policyChangesOf({ inject = [] }: ScalingCase): PolicyChange[] {
  const edits = inject.filter(({ action }) => action === 'PutScalingPolicy');
  const firstSeconds = edits.length === 0 ? 0 : secondsOfDay(edits[0]!.before!);
  return edits.map(({ target, before }, index) => ({
    atSeconds: BEFORE_CHANGES_SECONDS + secondsOfDay(before!) - firstSeconds - (index === 0 ? 0 : 60),
    targetValue: target!,
  }));
}

function secondsOfDay(time: string): number {
  const [hours, minutes, seconds] = time.split(':').map(Number);
  return hours! * 3600 + minutes! * 60 + (seconds ?? 0);
}
