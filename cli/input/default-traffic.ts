import type { Scenario } from '../../src/run/scenario';
import { forecast } from '../../src/simulation/forecast';
import type { Traffic, TrafficPhase } from '../../src/traffic/traffic-phases';
import { requestsPerSecondAtCpuTarget } from '../../src/workload/workload-parameters';

/**
 * The surge and the quiet load before and after it, as shares of the load at which `minCapacity` tasks reach their CPU target. At 1.3,
 * the CPU target is exceeded by 30 %: 2 tasks become 2.6, rounded up to 3.
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

/**
 * Traffic that makes a service scale out and in again, from the measured workload of a task.
 *
 * The quiet end lasts until the forecast is back at `minCapacity`.
 */
export function defaultTraffic(scenario: Omit<Scenario, 'traffic'>): Traffic {
  const longTraffic = surgeTraffic(scenario, MAX_QUIET_AFTER_SECONDS);
  const outcome = forecast({ ...scenario, traffic: longTraffic });
  const lastActivity = outcome.activities.at(-1);
  const quietSecondsUntilScaledIn = (lastActivity?.endSeconds ?? lastActivity?.startSeconds ?? 0) - QUIET_BEFORE_SECONDS - SURGE_SECONDS;
  return surgeTraffic(scenario, Math.ceil(Math.max(0, quietSecondsUntilScaledIn) / 60) * 60 + AFTER_LAST_SCALE_IN_SECONDS);
}

function surgeTraffic(scenario: Omit<Scenario, 'traffic'>, quietAfterSeconds: number): Traffic {
  return {
    phases: [
      phaseAtLoadShare(scenario, QUIET_LOAD_SHARE, QUIET_BEFORE_SECONDS),
      phaseAtLoadShare(scenario, SURGE_LOAD_SHARE, SURGE_SECONDS),
      phaseAtLoadShare(scenario, QUIET_LOAD_SHARE, quietAfterSeconds),
    ],
  };
}

function phaseAtLoadShare(scenario: Omit<Scenario, 'traffic'>, share: number, durationSeconds: number): TrafficPhase {
  const { plan, workload } = scenario;
  const requestsPerSecondPerTask = requestsPerSecondAtCpuTarget(plan, workload);
  const requestsPerSecond = share * plan.policy.minCapacity * requestsPerSecondPerTask;
  const users = Math.max(1, Math.round(requestsPerSecond * (THINK_SECONDS + workload.baseLatencySeconds + workload.cpuSecondsPerRequest)));
  return { kind: 'users', from: users, to: users, thinkSeconds: THINK_SECONDS, durationSeconds };
}
