import { refuse } from '../plan/invalid-input';
import type { Outcome } from '../scenario/outcome';
import { type Observer, startRun } from '../scenario/run';
import type { Scenario } from '../scenario/scenario';
import { scenarioMistakes } from '../scenario/scenario-mistakes';
import { trafficSeconds } from '../scenario/traffic';
import { every } from '../time/every';
import { SimulatedTime } from '../time/simulated-time';
import { ModelledFleet } from './modelled-fleet';

/** Traffic that changes is looked at once in so many seconds of the scenario. */
const STEP_SECONDS = 1;

/**
 * Says what will happen in a scenario.
 *
 * The outcome is a function of the scenario and its seed: the same question has the same answer.
 *
 * @throws InvalidInput with one sentence for each part of the question that has no answer.
 */
export function forecast(scenario: Scenario, observer: Observer = {}): Outcome {
  refuse(scenarioMistakes(scenario));
  const time = new SimulatedTime();
  const fleet = new ModelledFleet(time, scenario);
  every(time, { firstAtSeconds: STEP_SECONDS, periodSeconds: STEP_SECONDS }, () => fleet.advance());
  const run = startRun(time, scenario, { kind: 'forecast', fleet, client: fleet, events: [] }, observer);
  time.runUntil(trafficSeconds(scenario.traffic));
  return run.finish();
}
