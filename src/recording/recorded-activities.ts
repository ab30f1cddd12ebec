import { isJsonObject, type JsonObject } from '../parse/json-fields';
import type { ScalingPolicy } from '../plan/policy';
import type { TimelineRow } from '../run/outcome';
import type { Activity, ActivityOrigin, NotScaled, NotScaledReason } from '../scaling/activity';
import { parseTimeSeconds } from '../traffic/recorded/recorded-times';

/** The activities of a recording, in the order of their start. */
export interface RecordedActivities {
  readonly activities: readonly Activity[];
  readonly notScaled: readonly NotScaled[];
}

/** What the times and counts of the activities refer to. */
interface ActivityContext {
  readonly policy: ScalingPolicy;
  /** The second of the recording at which a moment is, in seconds since 1970. */
  readonly secondOf: (epochSeconds: number) => number;
  /** The desired count before the first activity; undefined if it is not known. */
  readonly firstCount?: number;
}

/**
 * Reads scaling activities as `describe-scaling-activities` describes them
 * (https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scaling-activities.html).
 *
 * Those that change the bounds and not the count are left out, and so are those that begin before the recording.
 */
export function readActivities(described: readonly unknown[], context: ActivityContext): RecordedActivities {
  const sorted = described
    .filter(isJsonObject)
    .map((entry) => ({ entry, startSeconds: secondOf(entry['StartTime'], context) }))
    .filter(({ startSeconds }) => Number.isFinite(startSeconds))
    .sort((one, other) => one.startSeconds - other.startSeconds);
  const activities: Activity[] = [];
  const notScaled: NotScaled[] = [];
  let count = context.firstCount;
  for (const { entry, startSeconds } of sorted) {
    const to = countIn(entry);
    const reason = notScaledReason(entry);
    if (reason !== undefined && startSeconds >= 0) notScaled.push(notScaledOf(entry, reason, startSeconds, context, count));
    if (reason !== undefined || to === undefined || entry['StatusCode'] === 'Failed') continue;
    if (startSeconds >= 0) activities.push(activityOf(entry, { startSeconds, from: count ?? previousCount(entry, to), to }, context));
    count = to;
  }
  return { activities, notScaled };
}

/** The activities of a service of which only its desired count over time is known: each starts within the minute in which the count changed. */
export function activitiesOfCounts(timeline: readonly TimelineRow[]): readonly Activity[] {
  return timeline.flatMap(({ desiredCount, atSeconds }, index): Activity[] => {
    const before = timeline[index - 1];
    if (before === undefined || before.desiredCount === desiredCount) return [];
    const startSeconds = (before.atSeconds + atSeconds) / 2;
    const counts = { baseCapacity: before.desiredCount, computedCapacity: desiredCount, fromCapacity: before.desiredCount };
    const cause = 'the desired count changed in this minute';
    return [{ startSeconds, statusCode: 'Successful', origin: 'target-tracking', cause, ...counts, toCapacity: desiredCount }];
  });
}

function secondOf(value: unknown, { secondOf: second }: ActivityContext): number {
  const epochSeconds = typeof value === 'number' ? value : parseTimeSeconds(String(value ?? ''));
  return Number.isFinite(epochSeconds) ? Math.round(10 * second(epochSeconds)) / 10 : Number.NaN;
}

/** `Setting desired count to 3.`, or `Successfully set desired count to 3. Change successfully fulfilled by ecs.` */
function countIn({ Description, StatusMessage }: JsonObject): number | undefined {
  const [, count] = /desired (?:count|capacity) to (\d+)/i.exec(`${Description ?? ''} ${StatusMessage ?? ''}`) ?? [];
  return count === undefined ? undefined : Number(count);
}

/** The count before the first activity, where nothing else says it: one step before it, in the direction of its alarm. */
function previousCount({ Cause }: JsonObject, to: number): number {
  return /AlarmLow/.test(String(Cause)) ? to + 1 : Math.max(0, to - 1);
}

function notScaledReason({ NotScaledReasons }: JsonObject): JsonObject | undefined {
  const [reason] = Array.isArray(NotScaledReasons) ? NotScaledReasons : [];
  return isJsonObject(reason) ? reason : undefined;
}

function notScaledOf(
  entry: JsonObject,
  reason: JsonObject,
  startSeconds: number,
  context: ActivityContext,
  count: number | undefined,
): NotScaled {
  const endSeconds = secondOf(entry['EndTime'], context);
  return {
    startSeconds,
    endSeconds: Number.isFinite(endSeconds) ? endSeconds : startSeconds,
    reason: String(reason['Code']) as NotScaledReason,
    currentCapacity: Number(reason['CurrentCapacity'] ?? count ?? 0),
    cause: String(entry['Cause'] ?? ''),
  };
}

const STATUS_CODES = ['InProgress', 'Successful', 'Overridden', 'Unfulfilled'] as const;

function activityOf(
  entry: JsonObject,
  { startSeconds, from, to }: { readonly startSeconds: number; readonly from: number; readonly to: number },
  context: ActivityContext,
): Activity {
  const endSeconds = secondOf(entry['EndTime'], context);
  const cause = String(entry['Cause'] ?? '');
  return {
    startSeconds,
    ...(Number.isFinite(endSeconds) && { endSeconds }),
    statusCode: STATUS_CODES.find((code) => code === entry['StatusCode']) ?? 'InProgress',
    ...originOf(cause, context.policy),
    cause,
    baseCapacity: from,
    computedCapacity: to,
    fromCapacity: from,
    toCapacity: to,
  };
}

/** The kind of what caused an activity, by the policy that its cause names. */
function originOf(cause: string, { targetTracking, stepScaling }: ScalingPolicy): Pick<Activity, 'origin' | 'metric' | 'targetValue'> {
  const [, policyName] = /triggered policy (.+?)\.?$/.exec(cause) ?? [];
  const isNamed = ({ name }: { readonly name: string }): boolean => name === policyName;
  const tracking = targetTracking.find(isNamed);
  if (tracking !== undefined) return { origin: 'target-tracking', metric: tracking.metric, targetValue: tracking.targetValue };
  const step = stepScaling.find(isNamed);
  if (step !== undefined) return { origin: 'step-scaling', metric: step.metric, targetValue: step.alarm.threshold };
  const origin: ActivityOrigin = policyName === undefined ? 'scheduled-action' : 'target-tracking';
  return { origin };
}
