import { LOSS_TEXTS } from '../../src/ecs/service-task';
import { mean } from '../../src/math/statistics';
import { trafficOfTimeline, trafficUntil } from '../../src/run/observed-traffic';
import type { Outcome, OutcomeEvent } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { historyTraffic } from '../../src/simulation/history';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import type { RehearsalOutcome } from '../rehearsal';

/**
 * The scenario as observed: with what was not known before the rehearsal, which are external requests, faults that were added while
 * it ran, how long it took to exhaust memory, and an early end.
 */
export function observedScenario(requested: Scenario, outcome: RehearsalOutcome, isTrafficExternal: boolean): Scenario {
  const { timeline, manualFaults, endedAtSeconds } = outcome;
  const traffic = isTrafficExternal ? trafficOfTimeline(timeline) : trafficUntil(requested.traffic, endedAtSeconds);
  const faults = [...(requested.faults ?? []), ...manualFaults].filter(({ atSeconds }) => atSeconds < trafficSeconds(traffic));
  const history = historyTraffic(requested);
  return { ...requested, traffic, history, faults, memoryExhaustionSeconds: memoryExhaustionSeconds(outcome) };
}

/**
 * How long it took to exhaust the memory of a task, in seconds of the scenario. Undefined if no fault did so, infinite if it took
 * longer than the rehearsal.
 */
export function memoryExhaustionSeconds({ events }: Pick<Outcome, 'events'>): number | undefined {
  const started = events.filter(({ fault, tasks = [] }) => fault === 'exhaust-memory' && tasks.length > 0);
  if (started.length === 0) return undefined;
  const durations = started.flatMap((fault) =>
    fault.tasks!.flatMap((task) => outOfMemoryAt(events, task)).map((seconds) => seconds - fault.atSeconds),
  );
  return durations.length === 0 ? Number.POSITIVE_INFINITY : mean(durations);
}

function outOfMemoryAt(events: readonly OutcomeEvent[], task: number): number[] {
  const end = events.find(({ tasks, description }) => tasks?.includes(task) === true && description.endsWith(LOSS_TEXTS.outOfMemory));
  return end === undefined ? [] : [end.atSeconds];
}
