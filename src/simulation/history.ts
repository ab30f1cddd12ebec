import { countersBetween, type FleetCounters, scaledCounters } from '../metrics/fleet-counters';
import { isGreaterThanAlarm } from '../plan/alarm-rule';
import type { Scenario } from '../run/scenario';
import { datapointOf } from '../scaling/metric-feed';
import { SimulatedClock } from '../time/simulated-clock';
import { type Load, loadAt, type Traffic, trafficSeconds } from '../traffic/traffic-phases';
import { simulatedFleet } from './simulated-fleet';

/**
 * The traffic of the minutes before a scenario: what the scenario says, or else the load at its start.
 *
 * Where the load at the start is over a target, the service was idle before: under that load it would have scaled already.
 */
export function historyTraffic(scenario: Scenario): Traffic {
  const { history, traffic } = scenario;
  if (history !== undefined) return history;
  const load = loadAt(traffic, 0);
  return isOverTarget(scenario, countersUnder(scenario, load)) ? constantTraffic(traffic, IDLE) : constantTraffic(traffic, load);
}

/** What the tasks of a service count in a second before the scenario. The load at the end of the history is that of all its minutes. */
export function historyOf(scenario: Scenario): FleetCounters {
  const last = lastHistories.get(scenario.traffic);
  if (last !== undefined && isSame(last.scenario, scenario)) return last.history;
  const traffic = historyTraffic(scenario);
  const history = countersUnder(scenario, loadAt(traffic, trafficSeconds(traffic)));
  lastHistories.set(scenario.traffic, { scenario, history });
  return history;
}

/** The history of the last scenario with a traffic: the runs of a band differ in their seeds only. */
const lastHistories = new WeakMap<Traffic, { readonly scenario: Scenario; readonly history: FleetCounters }>();

function isSame(one: Scenario, other: Scenario): boolean {
  const { plan, workload, behavior, history } = one;
  return plan === other.plan && workload === other.workload && behavior === other.behavior && history === other.history;
}

const IDLE: Load = { kind: 'rps', value: 0, thinkSeconds: 0 };

/** After this time under a constant load nothing changes any more. */
const SETTLING_SECONDS = 60;
const COUNTED_SECONDS = 60;

function constantTraffic({ clientLimitRequestsPerSecond }: Traffic, load: Load): Traffic {
  const { kind, value, thinkSeconds, pacingSeconds, requestsPerSecondBeside: rate } = load;
  const beside = rate === undefined ? {} : { requestsPerSecondBeside: { from: rate, to: rate } };
  const durationSeconds = SETTLING_SECONDS + COUNTED_SECONDS;
  const phase = { kind, from: value, to: value, thinkSeconds, pacingSeconds, ...beside, durationSeconds };
  return { phases: [phase], clientLimitRequestsPerSecond };
}

/** The counters of a second under a constant load, with the tasks that the scenario begins with. */
function countersUnder(scenario: Scenario, load: Load): FleetCounters {
  const clock = new SimulatedClock();
  const { fleet, requests } = simulatedFleet(clock, { ...scenario, traffic: constantTraffic(scenario.traffic, load), faults: [] });
  const countersAt = (seconds: number): FleetCounters => {
    clock.runUntil(seconds, (until) => requests.sendUntil(until));
    return fleet.counters;
  };
  const counted = countersBetween(countersAt(SETTLING_SECONDS), countersAt(SETTLING_SECONDS + COUNTED_SECONDS));
  return scaledCounters(counted, 1 / COUNTED_SECONDS);
}

/** Whether a policy would add tasks under a load that lasts. */
function isOverTarget({ plan, behavior }: Scenario, perSecond: FleetCounters): boolean {
  const { targetTracking, stepScaling, simpleScaling } = plan.policy;
  const counters = scaledCounters(perSecond, behavior.periodSeconds);
  const alarms = [...stepScaling, ...simpleScaling].filter(({ alarm }) => isGreaterThanAlarm(alarm));
  const thresholds = [
    ...targetTracking.map(({ metric, targetValue }) => ({ measured: { metric }, value: targetValue })),
    ...alarms.map((policy) => ({ measured: policy, value: policy.alarm.threshold })),
  ];
  return thresholds.some(({ measured, value }) => (datapointOf(measured, counters, behavior) ?? 0) > value);
}
