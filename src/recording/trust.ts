import type { Agreement } from './agreement';
import type { RecordingFit } from './fit-recording';

/** How far a forecast may be trusted for a service, by what it would have said of its past. */
export const TRUST_GRADES = ['close', 'fair', 'poor'] as const;

/** A grade of trust. */
export type TrustGrade = (typeof TRUST_GRADES)[number];

/** The limits of a grade: all must be met. */
interface GradeLimits {
  /** The share of all activities, observed or forecast, that have a counterpart with the same counts. */
  readonly sameActivities: number;
  readonly maxSecondsApart: number;
  /** The mean over all minutes. */
  readonly cpuPoints: number;
  readonly taskHoursPercent: number;
}

/** One or two alarm periods apart is what the unknown second of the evaluations explains. */
const LIMITS: Readonly<Record<Exclude<TrustGrade, 'poor'>, GradeLimits>> = {
  close: { sameActivities: 1, maxSecondsApart: 150, cpuPoints: 5, taskHoursPercent: 3 },
  fair: { sameActivities: 0.7, maxSecondsApart: 600, cpuPoints: 10, taskHoursPercent: 10 },
};

/** The grade of a forecast. */
export function trustGrade(agreement: Agreement): TrustGrade {
  return (['close', 'fair'] as const).find((grade) => shortfalls(agreement, LIMITS[grade]).length === 0) ?? 'poor';
}

/** Each limit that is not met, as text. */
function shortfalls({ activities, cpuPoints, taskHours }: Agreement, limits: GradeLimits): string[] {
  const share = sameShare(activities);
  const seconds = activities.maxSecondsApart ?? 0;
  return [
    ...(share >= limits.sameActivities
      ? []
      : [`${activities.same} of ${Math.max(activities.observed, activities.other)} activities are the same`]),
    ...(seconds <= limits.maxSecondsApart ? [] : [`an activity is ${minutes(seconds)} from its counterpart`]),
    ...(cpuPoints === undefined || cpuPoints.mean <= limits.cpuPoints
      ? []
      : [`CPU is ${cpuPoints.mean.toFixed(1)} points apart in a minute, on average`]),
    ...(Math.abs(taskHours.percentApart) <= limits.taskHoursPercent
      ? []
      : [`the task-hours are ${Math.abs(taskHours.percentApart).toFixed(1)} % apart`]),
  ];
}

function sameShare({ observed, other, same }: Agreement['activities']): number {
  const most = Math.max(observed, other);
  return most === 0 ? 1 : same / most;
}

const GRADE_TEXTS: Readonly<Record<TrustGrade, string>> = {
  close: 'its forecasts can be trusted, for loads like the recorded ones',
  fair: 'its forecasts show the direction and the size of a change, not the exact minute or count',
  poor: 'its forecasts should not be trusted until it is known why',
};

/** How far forecasts of a service may be trusted, as texts: the grade first, then what is apart, and what the recording lacks. */
export function trustLines(agreement: Agreement, fit: RecordingFit, remarks: readonly string[] = []): string[] {
  const grade = trustGrade(agreement);
  const apart = grade === 'close' ? [] : shortfalls(agreement, LIMITS.close);
  const { min, max } = fit.requestsPerSecondPerTask;
  return [
    `${grade}: ${GRADE_TEXTS[grade]}`,
    ...apart,
    ...(agreement.activities.observed === 0 && agreement.activities.other === 0
      ? ['nothing scaled in this time, neither in the recording nor in the forecast: of scaling the recording says little']
      : []),
    ...(fit.cpuPointsApart > LIMITS.close.cpuPoints
      ? [
          `CPU follows the requests only within ${fit.cpuPointsApart.toFixed(1)} points: requests differ in their cost, or something else uses CPU, such as jobs or other traffic`,
        ]
      : []),
    `the workload is known for ${min.toPrecision(2)} to ${max.toPrecision(3)} requests per second of a task, from ${fit.minutes} steady minutes`,
    ...fit.remarks,
    ...remarks,
  ];
}

function minutes(seconds: number): string {
  return `${(seconds / 60).toFixed(1)} minutes`;
}
