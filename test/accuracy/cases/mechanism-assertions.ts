import type { Plan } from '../../../src/plan/service-plan';
import type { Outcome } from '../../../src/run/outcome';
import type { Scenario } from '../../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { forecast } from '../../../src/simulation/forecast';
import { DEFAULT_START, minutesSince1970 } from '../../../src/time/calendar';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../../search-plan';
import { allPoints, fittedParameter } from './calibration';
import { type CaseResult, inAll, mean, scalingSeconds, within } from './case-result';
import { forecastsOf } from './case-run';
import type { CaseExpectation, ScalingCase } from './scaling-case';

/** What is said of a mechanism, and shown on a scenario of its own. */
export const MECHANISM_ASSERTIONS: Readonly<Record<string, (one: ScalingCase, expectation: CaseExpectation) => CaseResult>> = {
  all_points_within_tolerance: allPoints,
  calibrator_recovers: fittedParameter,
  refire_interval_s: refireInterval,
  ignores_cooldown: ignoresCooldown,
  token_bucket: launchesAtOnce,
  never_exceed: neverExceeds,
  service_scheduler_max_per_min: maxPerMinute,
  launch_s: launchTime,
  scale_in_suspended_during_deployment: noScaleInWhileDeploying,
};

/** Without a cooldown, a load that keeps growing is answered each time the alarm acts again. */
function refireInterval(_: ScalingCase, { value, tol_s = 0 }: CaseExpectation): CaseResult {
  const plan = searchPlan(2, 40, [cpuTarget(60, { scaleOutCooldownSeconds: 0 })]);
  const outcome = forecast(scenario(plan, 'rps 500..30000 for 30m'));
  const seconds = scalingSeconds(outcome, 'out');
  const gaps = seconds.slice(1).map((at, index) => at - seconds[index]!);
  return within(Math.min(...gaps), Number(value) - tol_s, Number(value) + tol_s, ' s');
}

/** A minimum that rises within a long cooldown is met all the same. */
function ignoresCooldown(): CaseResult {
  const minute = minutesSince1970(DEFAULT_START) + 10;
  const plan = withAction(searchPlan(2, 10, [cpuTarget(60, { scaleOutCooldownSeconds: 3600 })]), { minute, minCapacity: 8 });
  return inAll(forecastsOf(scenario(plan, 'rps 3000 for 20m')), 'acts within the cooldown', ({ activities }) => {
    const [first, second] = activities;
    return first?.origin === 'target-tracking' && second?.toCapacity === 8 && second.startSeconds - 600 < 60;
  });
}

const MANY_TASKS = 3500;

/** A service that shall grow to thousands of tasks from one second to the next. */
function explosion(): Outcome {
  const minute = minutesSince1970(DEFAULT_START) + 1;
  const plan = withAction(searchPlan(1, MANY_TASKS, [cpuTarget(60)]), { minute, minCapacity: MANY_TASKS });
  exploded ??= forecast(scenario(plan, 'rps 10 for 10m'));
  return exploded;
}

/** Thousands of tasks take a moment also to forecast. */
let exploded: Outcome | undefined;

/** The tasks that run at the end of a minute, counted from the minute in which their number was set. */
function growth(outcome: Outcome): { seconds: number; tasks: number }[] {
  const from = outcome.activities[0]!.startSeconds;
  return outcome.timeline
    .filter(({ atSeconds }) => atSeconds > from)
    .map(({ atSeconds, runningCount }) => ({ seconds: atSeconds - from, tasks: runningCount - 1 }));
}

function launchesAtOnce(_: ScalingCase, { burst, refill_per_s }: CaseExpectation): CaseResult {
  const [first] = growth(explosion());
  const max = burst! + refill_per_s! * first!.seconds;
  return within(first!.tasks, burst!, max, ` tasks after ${Math.round(first!.seconds)} s`);
}

function neverExceeds(): CaseResult {
  const outcome = explosion();
  return inAll([outcome], 'never more than 100 + 20 t', () => growth(outcome).every(({ seconds, tasks }) => tasks <= 100 + 20 * seconds));
}

function maxPerMinute(_: ScalingCase, { value }: CaseExpectation): CaseResult {
  const steps = growth(explosion());
  const added = steps.slice(1).map(({ tasks }, index) => tasks - steps[index]!.tasks);
  // launches take their time, each its own: those of two minutes can end in one.
  return within(mean(added.filter((tasks) => tasks > 0)), 1, Number(value), ' tasks per minute');
}

/** How long a task of an image of some size takes to run, over many seeds. */
function launchTime(_: ScalingCase, expectation: CaseExpectation): CaseResult {
  const plan = searchPlan(2, 10, [cpuTarget(60)]);
  const outcomes = forecastsOf({ ...scenario(plan, 'rps 3000 for 10m'), imageMegabytes: expectation.image_mb });
  const seconds = outcomes.flatMap(({ activities: [first] }) =>
    first?.endSeconds === undefined ? [] : [first.endSeconds - first.startSeconds],
  );
  return within(mean(seconds), expectation.min!, expectation.max!, ' s');
}

/** A quiet service that is deployed at the moment at which it could scale in waits with that, and says so. */
function noScaleInWhileDeploying(): CaseResult {
  const plan = searchPlan(2, 6, [cpuTarget(60)]);
  const deployed = { ...scenario(plan, 'rps 2800 for 15m, rps 10 for 40m'), faults: [{ kind: 'deploy', atSeconds: 1800 } as const] };
  const outcomes = forecastsOf(deployed);
  const held = outcomes.filter(({ notScaled }) => notScaled.some(({ reason }) => reason === 'TargetServicePutResourceAsUnscalable'));
  const result = inAll(outcomes, 'no scale-in while deploying', (outcome) => !scaledInWhileDeploying(outcome));
  return { ...result, got: `${result.got}, ${held.length} of which wanted to`, isMet: result.isMet && held.length > 0 };
}

function scaledInWhileDeploying({ activities, events }: Outcome): boolean {
  const started = events.find(({ kind }) => kind === 'deployment-started')?.atSeconds ?? Number.POSITIVE_INFINITY;
  const completed = events.find(({ kind }) => kind === 'deployment-completed')?.atSeconds ?? Number.POSITIVE_INFINITY;
  return activities.some(
    ({ startSeconds, toCapacity, fromCapacity }) => toCapacity < fromCapacity && startSeconds > started && startSeconds < completed,
  );
}

function withAction(plan: Plan, { minute, minCapacity }: { readonly minute: number; readonly minCapacity: number }): Plan {
  const action = { name: 'Action', schedule: { kind: 'at', minute } as const, minCapacity };
  return { ...plan, policy: { ...plan.policy, scheduledActions: [action] } };
}

function scenario(plan: Plan, traffic: string): Scenario {
  return { plan, workload: MEASURED_SEARCH_WORKLOAD, traffic: parseTraffic(traffic), behavior: AWS_BEHAVIOR, seed: 1 };
}
