import { throwIfAny } from '../parse/input-error';
import type { Outcome } from '../run/outcome';
import { type RunObserver, startRun } from '../run/run';
import type { Scenario } from '../run/scenario';
import { scenarioErrors } from '../run/scenario-validation';
import { SimulatedClock } from '../time/simulated-clock';
import { trafficSeconds } from '../traffic/traffic-phases';
import { historyOf } from './history';
import { simulatedFleet } from './simulated-fleet';

/**
 * Forecasts a scenario.
 *
 * The outcome is a function of the scenario and its seed.
 *
 * @throws InputError with everything in the scenario that cannot be forecast.
 */
export function forecast(scenario: Scenario, observer: RunObserver = {}): Outcome {
  throwIfAny(scenarioErrors(scenario));
  const clock = new SimulatedClock();
  const { fleet, requests, events } = simulatedFleet(clock, scenario);
  for (const fault of scenario.faults ?? []) clock.after(fault.atSeconds, () => fleet.inject(fault));
  const parts = { kind: 'forecast', fleet, client: requests, historyPerSecond: historyOf(scenario), events: events.entries } as const;
  const run = startRun(clock, scenario, parts, observer);
  clock.runUntil(trafficSeconds(scenario.traffic), (seconds) => requests.sendUntil(seconds));
  return run.finish();
}
