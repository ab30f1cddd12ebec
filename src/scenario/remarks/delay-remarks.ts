import { type Activity, isScaleOut } from '../../scaling/activity';
import type { AwsBehavior } from '../../scaling/aws-behavior';
import { clockTime } from '../duration';
import { ROW_SECONDS } from '../row-seconds';
import { isOverTarget, longestStretch, type Remark } from './remark';

/** Nothing scaled: no target was passed, or not for long enough. */
export const nothingScaled: Remark = ({ plan, behavior }, { activities, notScaled, timeline }) => {
  if (activities.length > 0 || notScaled.some(({ reason }) => reason === 'AlreadyAtMaxCapacity')) return undefined;
  if (plan.policy.targetTracking.length === 0)
    return 'nothing scaled: no alarm of its policies was raised, and no schedule changed the bounds';
  const minutes = alarmSeconds(behavior) / 60;
  const stretch = longestStretch(timeline, (row) => isOverTarget(row, plan.policy.targetTracking));
  const never = `nothing scaled: no signal stayed above its target for ${minutes} minutes`;
  if (stretch === 0) return never;
  if (stretch >= alarmSeconds(behavior))
    return `nothing scaled: a signal was above its target for ${clockTime(stretch)}, which the alarm would have seen too late`;
  return `${never}, the longest time was ${clockTime(stretch)}. ${reliefInWords(behavior)}`;
};

/** The load was gone by the time the tasks came that it had asked for. */
export const cameTooLate: Remark = ({ behavior }, { activities, timeline }) => {
  const tracked = activities.filter((activity) => isScaleOut(activity) && activity.origin === 'target-tracking' && !isGivenUp(activity));
  const late = tracked.find(({ startSeconds, endSeconds = Number.POSITIVE_INFINITY }) => {
    const before = timeline.filter((row) => row.atSeconds <= startSeconds).map((row) => row.offeredPerSecond);
    const after = timeline.filter((row) => row.atSeconds >= endSeconds + ROW_SECONDS).map((row) => row.offeredPerSecond);
    return before.length > 0 && after.length > 0 && Math.max(...after) < Math.max(...before) / 2;
  });
  if (late === undefined) return undefined;
  const { fromCapacity, toCapacity, startSeconds } = late;
  return (
    `the tasks that were asked for at ${clockTime(startSeconds)}, ${fromCapacity} -> ${toCapacity}, came when most of the load was gone. ` +
    `${reliefInWords(behavior)}: only tasks that already run help against a shorter one`
  );
};

/** What was overridden or given up says nothing of when its tasks came. */
function isGivenUp({ statusCode }: Activity): boolean {
  return statusCode === 'Overridden' || statusCode === 'Unfulfilled';
}

/** A cooldown kept a step back although the load asked for it. */
export const cooldownHeld: Remark = ({ plan }, { activities, timeline }) => {
  const { targetTracking } = plan.policy;
  const cooldown = Math.max(0, ...targetTracking.map(({ scaleOutCooldownSeconds }) => scaleOutCooldownSeconds));
  if (cooldown <= SHORT_COOLDOWN_SECONDS) return undefined;
  const outward = activities.filter(isScaleOut);
  const index = outward.findIndex((later, at) => {
    const done = outward[at - 1]?.endSeconds;
    if (done === undefined) return false;
    const gap = timeline.filter((row) => row.atSeconds > done + ROW_SECONDS && row.atSeconds <= later.startSeconds);
    const waited = later.startSeconds - done;
    return (
      waited >= cooldown &&
      waited <= cooldown + LONGEST_BEAT_SECONDS &&
      gap.length > 0 &&
      gap.every((row) => isOverTarget(row, targetTracking))
    );
  });
  if (index === -1) return undefined;
  const { startSeconds, fromCapacity, toCapacity } = outward[index]!;
  return (
    `the step ${fromCapacity} -> ${toCapacity} at ${clockTime(startSeconds)} waited for the end of the scale-out cooldown of ${cooldown} seconds, ` +
    `with a target passed all the time: a cooldown of ${SHORT_COOLDOWN_SECONDS} seconds would have brought it sooner`
  );
};

/** Long enough for a task that was added to be seen in the metrics. */
const SHORT_COOLDOWN_SECONDS = 120;

/** An alarm acts once a minute, on metrics that come with a delay: so much may pass after the cooldown. */
const LONGEST_BEAT_SECONDS = 90;

function alarmSeconds({ highDatapoints, periodSeconds }: AwsBehavior): number {
  return highDatapoints * periodSeconds;
}

function reliefInWords(behavior: AwsBehavior): string {
  const { metricDelaySeconds, provisioningSeconds, periodSeconds } = behavior;
  const least = alarmSeconds(behavior) + metricDelaySeconds.least + provisioningSeconds.median;
  const most = alarmSeconds(behavior) + metricDelaySeconds.most + 2 * periodSeconds + provisioningSeconds.median;
  return `From a step of load to the first task that helps it takes ${clockTime(least)} to ${clockTime(most)}: the alarm, the metric's delay and the launch`;
}
