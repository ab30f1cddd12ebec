import { Trace } from '../traffic/trace';
import { startOfPhase, type Traffic, type TrafficPhase } from '../traffic/traffic-phases';
import type { TimelineRow } from './outcome';

/**
 * The traffic of a run as an open load: one rate for each minute of its timeline.
 *
 * A forecast uses it if the traffic was not known before the run, as with external traffic.
 */
export function trafficOfTimeline(timeline: readonly TimelineRow[]): Traffic {
  // `atSeconds` of a row is the end of its minute.
  const endsAtSeconds = Float64Array.from(timeline, (row) => row.atSeconds);
  return {
    phases: new Trace(
      endsAtSeconds,
      Float64Array.from(timeline, (row) => row.sentRequestsPerSecond),
    ),
  };
}

/** The part of the traffic before `endSeconds`, the second of the scenario at which a run was ended; it must be above 0. */
export function trafficUntil(traffic: Traffic, endSeconds: number): Traffic {
  const phases: TrafficPhase[] = [];
  let startSeconds = 0;
  for (const phase of traffic.phases) {
    const remainingSeconds = endSeconds - startSeconds;
    if (remainingSeconds <= 0) break;
    phases.push(remainingSeconds >= phase.durationSeconds ? phase : startOfPhase(phase, remainingSeconds));
    startSeconds += phase.durationSeconds;
  }
  return { ...traffic, phases };
}
