import { formatElapsed } from '../parse/durations';
import { InputError } from '../parse/input-error';
import type { Plan } from '../plan/service-plan';
import type { Outcome } from '../run/outcome';
import { continuousPeriods, runningTasksIn, timelineOf } from './observed-timeline';
import { observedTotals } from './observed-totals';
import { activitiesOfCounts, readActivities } from './recorded-activities';
import type { RecordedPeriod } from './recorded-period';

/** What AWS reported of a service. */
export interface ReportedByAws {
  readonly plan: Plan;
  /** In any order. */
  readonly periods: readonly RecordedPeriod[];
  /** Scaling activities as Application Auto Scaling describes them; undefined if they are not known. */
  readonly activities?: readonly unknown[];
  /** How many times faster than the wall clock the time of AWS passed. */
  readonly speed: number;
}

/** What was observed, as an outcome, with what was not there as texts. */
export interface ObservedOutcome {
  readonly outcome: Outcome;
  /** The start of the first period, in seconds since 1970. */
  readonly startsAtSeconds: number;
  readonly remarks: readonly string[];
}

/**
 * The outcome that AWS reported.
 *
 * @throws InputError without requests, or without any metric of the tasks.
 */
export function observedOutcome({ plan, periods: unsorted, activities: described, speed }: ReportedByAws): ObservedOutcome {
  const sorted = [...unsorted].sort((one, other) => one.startsAtSeconds - other.startsAtSeconds).filter(hasValue);
  const first = sorted[0];
  if (first === undefined)
    throw new InputError([
      'the recording has no datapoints: there was no such service at that time, or its metrics are no longer retained',
    ]);
  if (!sorted.some(({ requests = 0 }) => requests > 0))
    throw new InputError(['the recording has no requests: a forecast needs RequestCount of the target group']);
  const secondOf = (epochSeconds: number): number => (epochSeconds - first.startsAtSeconds) * speed;
  const { periods, gaps } = continuousPeriods(sorted, secondOf);
  const firstCount = first.desiredTasks ?? runningTasksIn(first);
  const context = { policy: plan.policy, secondOf, firstCount: firstCount === undefined ? undefined : Math.round(firstCount) };
  const endSeconds = periods.at(-1)!.endSeconds;
  const read = readActivities(described ?? [], context);
  const known = read.activities.filter(({ startSeconds }) => startSeconds < endSeconds);
  const timeline = timelineOf(periods, known);
  const activities = described === undefined ? activitiesOfCounts(timeline) : known;
  return {
    startsAtSeconds: first.startsAtSeconds,
    outcome: {
      kind: 'observed',
      timeline,
      activities,
      notScaled: read.notScaled.filter(({ startSeconds }) => startSeconds < endSeconds),
      events: [],
      totals: observedTotals(timeline, periods, plan.policy),
    },
    remarks: [
      ...gaps.map(
        ({ fromSeconds, untilSeconds }) =>
          `no datapoints from ${formatElapsed(fromSeconds)} to ${formatElapsed(untilSeconds)}: the traffic is taken to be on a line between the minutes before and after`,
      ),
      ...(described === undefined ? ['no scaling activities were given: they are read from the desired count of each minute'] : []),
      ...(sorted.some(({ cpuPercent }) => cpuPercent !== undefined) ? [] : ['no CPU was recorded']),
      ...(sorted.some((period) => runningTasksIn(period) !== undefined) ? [] : ['no count of tasks was recorded']),
    ],
  };
}

function hasValue(period: RecordedPeriod): boolean {
  const { startsAtSeconds, periodSeconds, ...values } = period;
  return Object.values(values).some((value) => value !== undefined);
}
