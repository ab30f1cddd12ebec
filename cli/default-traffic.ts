import { forecast } from '../src/forecast/forecast';
import type { Scenario } from '../src/scenario/scenario';
import { sustainableRequestsPerSecond } from '../src/scenario/sustainable-rate';
import type { Traffic, TrafficPhase } from '../src/scenario/traffic';

/** The surge, enough for half as many tasks again and not for twice as many, and the quiet before and after it, as shares of the load that brings the fewest tasks to their CPU target. */
export const SURGE_SHARE = 1.3;
const QUIET_SHARE = 0.2;

const QUIET_BEFORE_SECONDS = 60;
const SURGE_SECONDS = 480;
const LONGEST_QUIET_AFTER_SECONDS = 3600;

/** Time to watch after the last task has gone. */
const AFTERMATH_SECONDS = 300;

/** Long beside the latency of an answer, so that the users make about the rate that they are counted for. */
const THINK_SECONDS = 0.25;

/**
 * Traffic that makes a service scale out and in again, by what one of its tasks was measured to stand.
 *
 * How long it stays quiet in the end is what the forecast needs to be back at the fewest tasks.
 */
export function defaultTraffic(scenario: Omit<Scenario, 'traffic'>): Traffic {
  const trial = traffic(scenario, LONGEST_QUIET_AFTER_SECONDS);
  const outcome = forecast({ ...scenario, traffic: trial });
  const last = outcome.activities.at(-1);
  const backSeconds = (last?.endSeconds ?? last?.startSeconds ?? 0) - QUIET_BEFORE_SECONDS - SURGE_SECONDS;
  return traffic(scenario, Math.ceil(Math.max(0, backSeconds) / 60) * 60 + AFTERMATH_SECONDS);
}

function traffic(scenario: Omit<Scenario, 'traffic'>, quietAfterSeconds: number): Traffic {
  return {
    phases: [
      phase(scenario, QUIET_SHARE, QUIET_BEFORE_SECONDS),
      phase(scenario, SURGE_SHARE, SURGE_SECONDS),
      phase(scenario, QUIET_SHARE, quietAfterSeconds),
    ],
  };
}

function phase(scenario: Omit<Scenario, 'traffic'>, share: number, durationSeconds: number): TrafficPhase {
  const { plan, workload } = scenario;
  const perTask = sustainableRequestsPerSecond(plan, workload);
  const requestsPerSecond = share * plan.policy.minCapacity * perTask;
  const users = Math.max(1, Math.round(requestsPerSecond * (THINK_SECONDS + workload.baseLatencySeconds + workload.cpuSecondsPerRequest)));
  return { kind: 'users', from: users, to: users, thinkSeconds: THINK_SECONDS, durationSeconds };
}
