import { trafficOfTimeline } from '../run/observed-traffic';
import type { Outcome } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { AWS_BEHAVIOR } from '../scaling/aws-behavior';
import type { SeedOutcome } from '../simulation/band';
import type { RecordingFit } from './fit-recording';
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

/** How many of the outcomes have the same desired counts in the same order as another one. */
export function sameCountsShare(observed: Pick<Outcome, 'activities'>, outcomes: readonly SeedOutcome[]): number {
  const counts = ({ activities }: Pick<Outcome, 'activities'>): string => activities.map(({ toCapacity }) => toCapacity).join(' ');
  const expected = counts(observed);
  return outcomes.filter((outcome) => counts(outcome) === expected).length / Math.max(1, outcomes.length);
}
