import { formatElapsed } from '../parse/durations';
import { DEFAULTS } from '../plan/default-plan';
import { ROW_SECONDS } from '../run/outcome';
import { type Activity, isScaleOut } from '../scaling/activity';
import type { AwsBehavior } from '../scaling/aws-behavior';
import { isOverTarget, longestPeriod, type Remark } from './remark';

/** Nothing scaled: no target was exceeded, or not for long enough. */
export const nothingScaled: Remark = ({ plan, behavior }, { activities, notScaled, timeline }) => {
  if (activities.length > 0 || notScaled.some(({ reason }) => reason === 'AlreadyAtMaxCapacity')) return undefined;
  if (plan.policy.targetTracking.length === 0)
    return 'nothing scaled: no alarm of its policies went into ALARM, and no schedule changed the bounds';
  const minutes = alarmSeconds(behavior) / 60;
  const longestSeconds = longestPeriod(timeline, (row) => isOverTarget(row, plan.policy.targetTracking));
  const text = `nothing scaled: no metric stayed above its target for ${minutes} minutes`;
  if (longestSeconds === 0) return text;
  if (longestSeconds >= alarmSeconds(behavior))
    return `nothing scaled: a metric was above its target for ${formatElapsed(longestSeconds)}, and fell below it again before the alarm could act`;
  return `${text}, the longest time was ${formatElapsed(longestSeconds)}. ${formatScaleOutTime(behavior)}`;
};

/** Tasks were added after most of the load had ended. */
export const scaledOutTooLate: Remark = ({ behavior }, { activities, timeline }) => {
  const tracked = activities.filter((activity) => isScaleOut(activity) && activity.origin === 'target-tracking' && !isIncomplete(activity));
  const late = tracked.find(({ startSeconds, endSeconds = Number.POSITIVE_INFINITY }) => {
    const before = timeline.filter((row) => row.atSeconds <= startSeconds).map((row) => row.sentRequestsPerSecond);
    const after = timeline.filter((row) => row.atSeconds >= endSeconds + ROW_SECONDS).map((row) => row.sentRequestsPerSecond);
    return before.length > 0 && after.length > 0 && Math.max(...after) < Math.max(...before) / 2;
  });
  if (late === undefined) return undefined;
  const { fromCapacity, toCapacity, startSeconds } = late;
  return (
    `the scale-out at ${formatElapsed(startSeconds)}, ${fromCapacity} -> ${toCapacity}, completed when most of the load had ended. ` +
    `${formatScaleOutTime(behavior)}: only tasks that already run help against a shorter peak`
  );
};

/** The end of an activity that was overridden or timed out is not the time at which its tasks were ready. */
function isIncomplete({ statusCode }: Activity): boolean {
  return statusCode === 'Overridden' || statusCode === 'Unfulfilled';
}

/** A cooldown delayed a scale-out while a metric was over its target. */
export const delayedByCooldown: Remark = ({ plan }, { activities, timeline }) => {
  const { targetTracking } = plan.policy;
  const cooldown = Math.max(0, ...targetTracking.map(({ scaleOutCooldownSeconds }) => scaleOutCooldownSeconds));
  if (cooldown <= SHORT_COOLDOWN_SECONDS) return undefined;
  const scaleOut = activities.filter(isScaleOut);
  const index = scaleOut.findIndex((later, at) => {
    const previousEndSeconds = scaleOut[at - 1]?.endSeconds;
    if (previousEndSeconds === undefined) return false;
    const rowsBetween = timeline.filter((row) => row.atSeconds > previousEndSeconds + ROW_SECONDS && row.atSeconds <= later.startSeconds);
    const waitSeconds = later.startSeconds - previousEndSeconds;
    return (
      waitSeconds >= cooldown &&
      waitSeconds <= cooldown + MAX_SCALE_OUT_DELAY_AFTER_COOLDOWN_SECONDS &&
      rowsBetween.length > 0 &&
      rowsBetween.every((row) => isOverTarget(row, targetTracking))
    );
  });
  if (index === -1) return undefined;
  const { startSeconds, fromCapacity, toCapacity } = scaleOut[index]!;
  return (
    `the scale-out ${fromCapacity} -> ${toCapacity} at ${formatElapsed(startSeconds)} waited for the end of the scale-out cooldown of ${cooldown} seconds, ` +
    `with a metric over its target all the time: a cooldown of ${SHORT_COOLDOWN_SECONDS} seconds would have ended sooner`
  );
};

/** The default of the construct: long enough for the metrics to include an added task. */
const SHORT_COOLDOWN_SECONDS = DEFAULTS.scaleOutCooldownSeconds;

/** An alarm invokes its action once a minute, on delayed metrics: a scale-out can follow a cooldown this late. */
const MAX_SCALE_OUT_DELAY_AFTER_COOLDOWN_SECONDS = 90;

function alarmSeconds({ highAlarmDatapoints, periodSeconds }: AwsBehavior): number {
  return highAlarmDatapoints * periodSeconds;
}

function formatScaleOutTime(behavior: AwsBehavior): string {
  const { metricDelaySeconds, provisioningSeconds, registrationLagSeconds, periodSeconds } = behavior;
  const fixedSeconds = alarmSeconds(behavior) + provisioningSeconds.median;
  const minSeconds = fixedSeconds + metricDelaySeconds.min + registrationLagSeconds.min;
  const maxSeconds = fixedSeconds + metricDelaySeconds.max + 2 * periodSeconds + registrationLagSeconds.max;
  return `From a jump in load to the first task that helps it takes ${formatElapsed(minSeconds)} to ${formatElapsed(maxSeconds)}: the alarm, the metric's delay and the launch`;
}
