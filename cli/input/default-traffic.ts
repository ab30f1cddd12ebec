import { isCpuUtilization, isRequestCount } from '../../src/metrics/metric';
import type { Plan } from '../../src/plan/service-plan';
import { REQUEST_COUNT_PERIOD_SECONDS } from '../../src/plan/target-tracking';
import { vcpuOf } from '../../src/plan/task-size';
import type { Scenario } from '../../src/run/scenario';
import { forecast } from '../../src/simulation/forecast';
import type { Traffic, TrafficPhase } from '../../src/traffic/traffic-phases';
import { requestsPerSecondAtCpuTarget } from '../../src/workload/cpu-demand';
import type { Workload } from '../../src/workload/workload-parameters';

/**
 * The surge and the quiet load before and after it, as shares of the load at which `minCapacity` tasks reach their first target. At 1.3,
 * the target is exceeded by 30 %: 2 tasks become 2.6, rounded up to 3.
 */
export const SURGE_LOAD_SHARE = 1.3;
const QUIET_LOAD_SHARE = 0.2;

const QUIET_BEFORE_SECONDS = 60;
const SURGE_SECONDS = 480;
const MAX_QUIET_AFTER_SECONDS = 3600;

/** How long the traffic continues after the last scale-in. */
const AFTER_LAST_SCALE_IN_SECONDS = 300;

/** Long compared with the latency, so that the users send about the intended rate. */
const THINK_SECONDS = 0.25;

/** The target that a task reaches first as its requests increase. */
export interface FirstTarget {
  readonly name: 'CPU target' | 'request target';
  readonly requestsPerSecondPerTask: number;
}

/** The first target of a plan; where it has neither a CPU target nor a request target, a CPU target is assumed. */
export function firstTargetOf(plan: Plan, workload: Workload): FirstTarget {
  const atCpuTarget: FirstTarget = { name: 'CPU target', requestsPerSecondPerTask: requestsPerSecondAtCpuTarget(plan, workload) };
  const requestTargets = plan.policy.targetTracking
    .filter(({ metric }) => isRequestCount(metric))
    .map(
      ({ targetValue }): FirstTarget => ({ name: 'request target', requestsPerSecondPerTask: targetValue / REQUEST_COUNT_PERIOD_SECONDS }),
    );
  const hasCpuTarget = plan.policy.targetTracking.some(({ metric }) => isCpuUtilization(metric));
  const targets = hasCpuTarget || requestTargets.length === 0 ? [atCpuTarget, ...requestTargets] : requestTargets;
  return targets.reduce((first, target) => (target.requestsPerSecondPerTask < first.requestsPerSecondPerTask ? target : first));
}

/** The rate of the surge, of all tasks together. */
export function surgeRequestsPerSecond({ plan, workload }: Pick<Scenario, 'plan' | 'workload'>): number {
  return SURGE_LOAD_SHARE * plan.policy.minCapacity * firstTargetOf(plan, workload).requestsPerSecondPerTask;
}

/** Below this speed a task has so little of each period of its CPU quota that its latency is that of the quota. */
const MIN_CORE_SPEED = 0.05;

/** The fixed CPU of a task grows on a slower core, up to this share of the task. */
const MAX_IDLE_SHARE = 0.2;

/**
 * The speed of a core on which the surge is no more than a rate, as a share of this machine's core: on a slower core fewer requests
 * reach the CPU target.
 *
 * @returns 1 if no slower core is needed, and the slowest sensible speed if even that is too fast.
 */
export function coreSpeedFor(scenario: Pick<Scenario, 'plan' | 'workload'>, maxRequestsPerSecond: number): number {
  if (surgeRequestsPerSecond(scenario) <= maxRequestsPerSecond) return 1;
  const { plan, workload } = scenario;
  const atCpuTarget = SURGE_LOAD_SHARE * plan.policy.minCapacity * requestsPerSecondAtCpuTarget(plan, workload);
  const slowest = Math.max(MIN_CORE_SPEED, workload.idleVcpu / (MAX_IDLE_SHARE * vcpuOf(plan.task)));
  return Math.min(1, Math.max(maxRequestsPerSecond / atCpuTarget, slowest));
}

/**
 * Traffic that makes a service scale out and in again, from the measured workload of a task.
 *
 * The quiet end lasts until the forecast is back at `minCapacity`.
 *
 * @param maxRequestsPerSecond what this machine can make: the traffic is no more than that, even if nothing scales then.
 */
export function defaultTraffic(scenario: Omit<Scenario, 'traffic'>, maxRequestsPerSecond = Number.POSITIVE_INFINITY): Traffic {
  const surgeRate = Math.min(surgeRequestsPerSecond(scenario), maxRequestsPerSecond);
  const longTraffic = surgeTraffic(scenario.workload, surgeRate, MAX_QUIET_AFTER_SECONDS);
  const outcome = forecast({ ...scenario, traffic: longTraffic });
  const lastActivity = outcome.activities.at(-1);
  const quietSecondsUntilScaledIn = (lastActivity?.endSeconds ?? lastActivity?.startSeconds ?? 0) - QUIET_BEFORE_SECONDS - SURGE_SECONDS;
  return surgeTraffic(
    scenario.workload,
    surgeRate,
    Math.ceil(Math.max(0, quietSecondsUntilScaledIn) / 60) * 60 + AFTER_LAST_SCALE_IN_SECONDS,
  );
}

function surgeTraffic(workload: Workload, surgeRate: number, quietAfterSeconds: number): Traffic {
  const quietRate = (surgeRate * QUIET_LOAD_SHARE) / SURGE_LOAD_SHARE;
  return {
    phases: [
      phaseAtRate(workload, quietRate, QUIET_BEFORE_SECONDS),
      phaseAtRate(workload, surgeRate, SURGE_SECONDS),
      phaseAtRate(workload, quietRate, quietAfterSeconds),
    ],
  };
}

function phaseAtRate(workload: Workload, requestsPerSecond: number, durationSeconds: number): TrafficPhase {
  const users = Math.max(1, Math.round(requestsPerSecond * (THINK_SECONDS + workload.baseLatencySeconds + workload.cpuSecondsPerRequest)));
  return { kind: 'users', from: users, to: users, thinkSeconds: THINK_SECONDS, durationSeconds };
}
