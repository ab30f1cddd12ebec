import { type Activity, describeActivity, type NotScaled } from '../../scaling/activity';
import { clockTime } from '../../scenario/duration';
import type { Outcome, OutcomeEvent } from '../../scenario/outcome';

/** The activities of a run with their causes, and why nothing was done where nothing was done, in the order of their start. */
export function activityLines(outcome: Outcome): string[] {
  const entries = [
    ...outcome.activities.map((activity) => ({ at: activity.startSeconds, lines: scaled(activity) })),
    ...outcome.notScaled.map((entry) => ({ at: entry.startSeconds, lines: notScaled(entry) })),
  ];
  if (entries.length === 0) return ['none'];
  return entries.sort((a, b) => a.at - b.at).flatMap((entry) => entry.lines);
}

/** One activity as it happens. */
export function activityLine(activity: Activity): string {
  return `${clockTime(activity.startSeconds)}  desired count ${activity.fromCapacity} -> ${activity.toCapacity}: ${activitySignal(activity)}`;
}

function scaled(activity: Activity): string[] {
  const until = activity.endSeconds === undefined ? 'not complete' : `complete at ${clockTime(activity.endSeconds)}`;
  return [
    `${clockTime(activity.startSeconds)}  ${describeActivity(activity)} (from ${activity.fromCapacity}; ${activity.statusCode}, ${until})`,
    `      Cause: ${activity.cause}${activity.metric === undefined ? '' : `; ${activitySignal(activity)}`}`,
  ];
}

/** What was measured, and what was wanted of it. */
export function activitySignal({ cause, metric, metricValue, targetValue, origin }: Activity): string {
  if (metric === undefined || metricValue === undefined || targetValue === undefined) return cause;
  const wanted = origin === 'target-tracking' ? 'for a target of' : 'against a threshold of';
  return `${metric} ${Number(metricValue.toPrecision(4))} ${wanted} ${Number(targetValue.toPrecision(6))}`;
}

function notScaled(entry: NotScaled): string[] {
  const until = entry.endSeconds > entry.startSeconds ? ` until ${clockTime(entry.endSeconds)}` : '';
  return [
    `${clockTime(entry.startSeconds)}  Not scaled${until}: ${entry.reason} (at ${entry.currentCapacity})`,
    `      Cause: ${entry.cause}`,
  ];
}

/** What befell the tasks of a run, or was done to them. */
export function eventLines({ events }: Pick<Outcome, 'events'>): string[] {
  return events.map(eventLine);
}

/** One event as it happens, with the tasks that it befell. */
export function eventLine({ atSeconds, description, tasks = [] }: OutcomeEvent): string {
  return `${clockTime(atSeconds)}  ${description}${tasksInWords(tasks)}`;
}

function tasksInWords(tasks: readonly number[]): string {
  if (tasks.length <= 1) return tasks.map((task) => ` (task ${task})`).join('');
  return ` (tasks ${tasks.slice(0, -1).join(', ')} and ${tasks.at(-1)})`;
}
