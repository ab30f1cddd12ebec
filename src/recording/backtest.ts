import { trafficOfTimeline } from '../run/observed-traffic';
import type { Outcome } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { AWS_BEHAVIOR } from '../scaling/aws-behavior';
import type { SeedOutcome } from '../simulation/band';
import type { RecordingFit } from './fit-recording';
import { activityDistance } from './matched-activities';
import type { Recording } from './recording';

/** The scenario of a recording: the plan that was in force under the traffic that was observed, with the fitted workload. */
export function recordedScenario(recording: Recording, { workload, workloadDefaults }: RecordingFit): Scenario {
  const { plan, outcome, startsAt, faults, behavior = AWS_BEHAVIOR, seed = 1 } = recording;
  return {
    plan: { ...plan, desiredCount: outcome.activities[0]?.fromCapacity ?? outcome.timeline[0]?.desiredCount },
    workload,
    workloadDefaults,
    traffic: trafficOfTimeline(outcome.timeline),
    behavior,
    seed,
    ...(startsAt && { startsAt }),
    ...(faults && faults.length > 0 && { faults }),
  };
}

/**
 * The index of the outcome whose activities are closest to the observed ones. The seeds of the outcomes differ in the second at which AWS evaluates an alarm: it stays the same
 * as long as the alarm exists, and no API shows it.
 *
 * @param untilSeconds what is after this second does not count.
 */
export function closestTimingIndex(
  { activities }: Pick<Outcome, 'activities'>,
  outcomes: readonly SeedOutcome[],
  untilSeconds = Number.POSITIVE_INFINITY,
): number {
  const before = (all: Outcome['activities']): Outcome['activities'] => all.filter(({ startSeconds }) => startSeconds < untilSeconds);
  const distances = outcomes.map((outcome) => activityDistance(before(activities), before(outcome.activities)));
  return distances.indexOf(Math.min(...distances));
}

/** How many of the outcomes have the same desired counts in the same order as another one. */
export function sameCountsShare(observed: Pick<Outcome, 'activities'>, outcomes: readonly SeedOutcome[]): number {
  const counts = ({ activities }: Pick<Outcome, 'activities'>): string => activities.map(({ toCapacity }) => toCapacity).join(' ');
  const expected = counts(observed);
  return outcomes.filter((outcome) => counts(outcome) === expected).length / Math.max(1, outcomes.length);
}
