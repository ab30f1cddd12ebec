import { isCpuUtilization, signalOf, valueInRow } from '../metrics/metric';
import { formatElapsed } from '../parse/durations';
import { vcpuOf } from '../plan/task-size';
import type { Outcome, TimelineRow } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { isScaleOut } from '../scaling/activity';
import { lowThresholdShareOf } from '../scaling/aws-behavior';
import { lowThreshold } from '../scaling/decision';
import { formatRounded, longestPeriod, type Remark } from './remark';

/** Tasks were added, and none was removed although the load fell. */
export const neverScaledIn: Remark = (scenario, outcome) => {
  const hasGrown = outcome.activities.some(isScaleOut) && outcome.activities.every(isScaleOut);
  return hasGrown ? (scaleInDisabled(scenario) ?? anticipatedFlapping(outcome) ?? quietPeriodTooShort(scenario, outcome)) : undefined;
};

/** An idle task uses so much CPU that its service never scales in. */
export const idleAboveLowThreshold: Remark = ({ plan, workload, behavior }) => {
  const idlePercent = (100 * workload.idleVcpu) / vcpuOf(plan.task);
  const cpu = plan.policy.targetTracking.find(({ metric }) => isCpuUtilization(metric));
  const lowThresholdShare = lowThresholdShareOf(behavior, plan.policy.platform);
  const lowPercent = cpu === undefined ? undefined : lowThreshold(cpu.targetValue, lowThresholdShare);
  if (cpu === undefined || lowPercent === undefined || cpu.disableScaleIn || idlePercent < lowPercent) return undefined;
  return (
    `an idle task uses ${formatRounded(idlePercent)} % of its CPU, and scale-in needs less than ${formatRounded(lowPercent)} %: ` +
    `added tasks are not removed. Raise targetCpuUtilizationPercent above ${formatRounded(Math.ceil(idlePercent / lowThresholdShare))}, or give each task more CPU`
  );
};

function scaleInDisabled({ plan }: Scenario): string | undefined {
  const { targetTracking, suspended } = plan.policy;
  if (suspended.scaleIn) return 'no task was removed: scale-in is suspended';
  return targetTracking.length > 0 && targetTracking.every(({ disableScaleIn }) => disableScaleIn)
    ? 'no task was removed: every policy has scale-in disabled'
    : undefined;
}

function anticipatedFlapping({ notScaled }: Outcome): string | undefined {
  const notScaledIn = notScaled.find(({ reason }) => reason === 'AutoScalingAnticipatedFlapping');
  if (notScaledIn === undefined) return undefined;
  return (
    `no task was removed: from ${formatElapsed(notScaledIn.startSeconds)} on the load was low, but one task less than ${notScaledIn.currentCapacity} ` +
    'would have exceeded the target again (AutoScalingAnticipatedFlapping)'
  );
}

function quietPeriodTooShort({ plan, behavior }: Scenario, { activities, timeline }: Outcome): string | undefined {
  const { targetTracking, platform } = plan.policy;
  const lowThresholdShare = lowThresholdShareOf(behavior, platform);
  const neededSeconds = behavior.lowAlarmDatapoints * behavior.periodSeconds;
  const isQuiet = (row: TimelineRow): boolean =>
    targetTracking.every(
      ({ metric, targetValue }) => (valueInRow(row, signalOf(metric)) ?? targetValue) < lowThreshold(targetValue, lowThresholdShare),
    );
  const since = activities[0]!.startSeconds;
  const lastBusyRow = timeline.filter((row) => !isQuiet(row)).at(-1);
  // a quiet period that is still going on at the end of the run may be long enough.
  const endedRows = timeline.filter((row) => row.atSeconds <= (lastBusyRow?.atSeconds ?? 0));
  const longestSeconds = longestPeriod(endedRows, (row) => row.atSeconds > since && isQuiet(row));
  if (longestSeconds === 0 || longestSeconds >= neededSeconds) return undefined;
  return (
    `no task was removed: every metric must stay below ${formatRounded(100 * lowThresholdShare)} % of its target for ${neededSeconds / 60} consecutive minutes, ` +
    `and the longest such time was ${formatElapsed(longestSeconds)}. If load varies faster than that, added tasks are not removed`
  );
}
