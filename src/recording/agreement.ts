import type { Outcome, TimelineRow } from '../run/outcome';
import { rowStartSeconds } from '../run/outcome';
import { matchActivities } from './matched-activities';

/** How far a forecast, or a rehearsal, is from what was observed. */
export interface Agreement {
  readonly activities: ActivityAgreement;
  /** Points of CPU utilization from minute to minute; undefined if no CPU was observed. */
  readonly cpuPoints?: { readonly mean: number; readonly p90: number; readonly max: number; readonly bias: number };
  /** Hours of running tasks. */
  readonly taskHours: { readonly observed: number; readonly other: number; readonly percentApart: number };
}

/** Scaling activities of the two. */
export interface ActivityAgreement {
  readonly observed: number;
  readonly other: number;
  /** Those that set the same desired count, from the same count. */
  readonly same: number;
  /** Those in the same direction by another number of tasks. */
  readonly sameDirection: number;
  /** The seconds between two activities that belong together, on average and at most; undefined without any. */
  readonly meanSecondsApart?: number;
  readonly maxSecondsApart?: number;
}

/**
 * Compares an outcome with what was observed in the same time.
 *
 * @param fromSeconds what was before this second is not compared.
 */
export function agreementOf(observed: Outcome, other: Outcome, fromSeconds = 0): Agreement {
  const endSeconds = Math.min(observed.timeline.at(-1)?.atSeconds ?? 0, other.timeline.at(-1)?.atSeconds ?? 0);
  const range = { fromSeconds, endSeconds };
  return {
    activities: activityAgreement(observed, other, range),
    cpuPoints: cpuAgreement(observed, other, range),
    taskHours: taskHourAgreement(observed, other, range),
  };
}

interface TimeRange {
  readonly fromSeconds: number;
  readonly endSeconds: number;
}

function activityAgreement(observed: Outcome, other: Outcome, { fromSeconds, endSeconds }: TimeRange): ActivityAgreement {
  const within = ({ activities }: Outcome): Outcome['activities'] =>
    activities.filter(({ startSeconds }) => startSeconds >= fromSeconds && startSeconds < endSeconds);
  const [seen, expected] = [within(observed), within(other)];
  const matches = matchActivities(seen, expected);
  const seconds = matches.map(([one, two]) => Math.abs(one.startSeconds - two.startSeconds));
  const same = matches.filter(([one, two]) => one.fromCapacity === two.fromCapacity && one.toCapacity === two.toCapacity).length;
  return {
    observed: seen.length,
    other: expected.length,
    same,
    sameDirection: matches.length - same,
    ...(seconds.length > 0 && {
      meanSecondsApart: seconds.reduce((sum, each) => sum + each, 0) / seconds.length,
      maxSecondsApart: Math.max(...seconds),
    }),
  };
}

function cpuAgreement(observed: Outcome, other: Outcome, range: TimeRange): Agreement['cpuPoints'] {
  const reader = new RowReader(other.timeline);
  const differences: { readonly points: number; readonly seconds: number }[] = [];
  for (const [index, row] of observed.timeline.entries()) {
    const startSeconds = rowStartSeconds(observed.timeline, index);
    if (startSeconds < range.fromSeconds || row.atSeconds > range.endSeconds || row.cpuUtilizationPercent === undefined) continue;
    const cpu = reader.mean(startSeconds, row.atSeconds, ({ cpuUtilizationPercent }) => cpuUtilizationPercent);
    if (cpu !== undefined) differences.push({ points: cpu - row.cpuUtilizationPercent, seconds: row.atSeconds - startSeconds });
  }
  const seconds = differences.reduce((sum, each) => sum + each.seconds, 0);
  if (seconds === 0) return undefined;
  const distances = differences.map(({ points }) => Math.abs(points)).sort((a, b) => a - b);
  const weighted = (value: (points: number) => number): number =>
    differences.reduce((sum, each) => sum + value(each.points) * each.seconds, 0) / seconds;
  return {
    mean: weighted(Math.abs),
    p90: distances[Math.floor(0.9 * (distances.length - 1))]!,
    max: distances.at(-1)!,
    bias: weighted((points) => points),
  };
}

function taskHourAgreement(observed: Outcome, other: Outcome, range: TimeRange): Agreement['taskHours'] {
  const [seen, expected] = [taskHours(observed.timeline, range), taskHours(other.timeline, range)];
  return { observed: seen, other: expected, percentApart: seen > 0 ? 100 * (expected / seen - 1) : 0 };
}

function taskHours(timeline: readonly TimelineRow[], { fromSeconds, endSeconds }: TimeRange): number {
  const runningTaskSeconds = timeline.reduce((sum, { atSeconds, runningCount }, index) => {
    const seconds = Math.min(atSeconds, endSeconds) - Math.max(rowStartSeconds(timeline, index), fromSeconds);
    return sum + runningCount * Math.max(0, seconds);
  }, 0);
  return runningTaskSeconds / 3600;
}

/** Reads the mean of a value over a time from a timeline, whose rows may have other ends. Times must be asked for in their order. */
class RowReader {
  private index = 0;

  public constructor(private readonly timeline: readonly TimelineRow[]) {}

  public mean(fromSeconds: number, untilSeconds: number, value: (row: TimelineRow) => number | undefined): number | undefined {
    while (this.index < this.timeline.length - 1 && this.timeline[this.index]!.atSeconds <= fromSeconds) this.index++;
    let [sum, seconds] = [0, 0];
    for (let index = this.index; index < this.timeline.length; index++) {
      const startSeconds = rowStartSeconds(this.timeline, index);
      if (startSeconds >= untilSeconds) break;
      const shared = Math.min(untilSeconds, this.timeline[index]!.atSeconds) - Math.max(fromSeconds, startSeconds);
      const each = value(this.timeline[index]!);
      if (each === undefined || shared <= 0) continue;
      sum += each * shared;
      seconds += shared;
    }
    return seconds > 0 ? sum / seconds : undefined;
  }
}
