import { formatElapsed } from '../../parse/durations';
import type { Outcome, OutcomeEvent } from '../../run/outcome';
import { type Activity, describeActivity, type NotScaled } from '../../scaling/activity';

/** The scaling activities and the not scaled activities of a run, each with its cause, in the order of their start. */
export function activityHistory(outcome: Outcome): string[] {
  const entries = [
    ...outcome.activities.map((activity) => ({ startSeconds: activity.startSeconds, lines: formatActivity(activity) })),
    ...outcome.notScaled.map((entry) => ({ startSeconds: entry.startSeconds, lines: formatNotScaled(entry) })),
  ];
  if (entries.length === 0) return ['none'];
  return entries.sort((a, b) => a.startSeconds - b.startSeconds).flatMap((entry) => entry.lines);
}

/** One activity in a line. */
export function activityLine(activity: Activity): string {
  return `${formatElapsed(activity.startSeconds)}  desired count ${activity.fromCapacity} -> ${activity.toCapacity}: ${metricAndTargetText(activity)}`;
}

function formatActivity(activity: Activity): string[] {
  const { startSeconds, endSeconds, fromCapacity, statusCode, cause, metricValue } = activity;
  const completion = endSeconds === undefined ? statusCode : `${statusCode} at ${formatElapsed(endSeconds)}`;
  return [
    `${formatElapsed(startSeconds)}  ${describeActivity(activity)} (from ${fromCapacity} ${fromCapacity === 1 ? 'task' : 'tasks'}; ${completion})`,
    `      Cause: ${cause}${metricValue === undefined ? '' : `; ${metricAndTargetText(activity)}`}`,
  ];
}

/**
 * The metric of an activity, the value that led to it, and the target of the policy or the threshold of its alarm. The cause for an
 * activity that no metric caused.
 */
export function metricAndTargetText({ cause, metric, metricValue, targetValue, origin }: Activity): string {
  if (metric === undefined || metricValue === undefined || targetValue === undefined) return cause;
  const limit = origin === 'target-tracking' ? 'target' : 'threshold';
  return `${metric} ${Number(metricValue.toPrecision(4))}, ${limit} ${Number(targetValue.toPrecision(6))}`;
}

function formatNotScaled({ startSeconds, endSeconds, reason, currentCapacity, cause }: NotScaled): string[] {
  const until = endSeconds > startSeconds ? ` to ${formatElapsed(endSeconds)}` : '';
  return [`${formatElapsed(startSeconds)}${until}  Not scaled: ${reason} (desired count ${currentCapacity})`, `      Cause: ${cause}`];
}

/** The events of a run. */
export function eventLines({ events }: Pick<Outcome, 'events'>): string[] {
  return events.map(eventLine);
}

/** One event in a line, with the affected tasks. */
export function eventLine({ atSeconds, description, tasks = [] }: OutcomeEvent): string {
  return `${formatElapsed(atSeconds)}  ${description}${formatTasks(tasks)}`;
}

function formatTasks(tasks: readonly number[]): string {
  if (tasks.length <= 1) return tasks.map((task) => ` (task ${task})`).join('');
  return ` (tasks ${tasks.slice(0, -1).join(', ')} and ${tasks.at(-1)})`;
}
