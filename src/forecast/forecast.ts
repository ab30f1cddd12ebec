import { refuse } from '../plan/invalid-input';
import type { Outcome } from '../scenario/outcome';
import { type Observer, startRun } from '../scenario/run';
import type { Scenario } from '../scenario/scenario';
import { scenarioMistakes } from '../scenario/scenario-mistakes';
import { trafficSeconds } from '../scenario/traffic';
import { SimulatedTime } from '../time/simulated-time';
import { ModelledFleet } from './modelled-fleet';

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
  const run = startRun(time, scenario, { kind: 'forecast', fleet, client: fleet, events: fleet.events }, observer);
  time.runUntil(trafficSeconds(scenario.traffic), (seconds) => fleet.advanceTo(seconds));
  return run.finish();
}
