import { isCpuUtilization } from '../../plan/metric';
import { vcpuOf } from '../../plan/task-size';
import { isScaleOut } from '../../scaling/activity';
import { lowShareOf } from '../../scaling/aws-behavior';
import { lowThreshold } from '../../scaling/decision';
import { clockTime } from '../duration';
import type { Outcome, TimelineRow } from '../outcome';
import type { Scenario } from '../scenario';
import { longestStretch, type Remark, rounded, signalOf } from './remark';

/** Tasks were added, and none was taken away although it could have been. */
export const neverScaledIn: Remark = (scenario, outcome) => {
  const hasGrown = outcome.activities.some(isScaleOut) && outcome.activities.every(isScaleOut);
  return hasGrown ? (onlyGrows(scenario) ?? heldByGuard(outcome) ?? quietTooShort(scenario, outcome)) : undefined;
};

/** A task that does nothing uses so much CPU that its service never looks idle. */
export const idleAboveLowThreshold: Remark = ({ plan, workload, behavior }) => {
  const idlePercent = (100 * workload.fixedCores) / vcpuOf(plan.task);
  const cpu = plan.policy.targetTracking.find(({ metric }) => isCpuUtilization(metric));
  const share = lowShareOf(behavior, plan.policy.platform);
  const low = cpu === undefined ? undefined : lowThreshold(cpu.targetValue, share);
  if (cpu === undefined || low === undefined || cpu.disableScaleIn || idlePercent < low) return undefined;
  return (
    `an idle task uses ${rounded(idlePercent)} % of its CPU, and scaling in waits for less than ${rounded(low)} %: ` +
    `what was added stays. Raise targetCpuUtilizationPercent above ${rounded(Math.ceil(idlePercent / share))}, or give each task more CPU`
  );
};

function onlyGrows({ plan }: Scenario): string | undefined {
  const { targetTracking, suspended } = plan.policy;
  if (suspended.scaleIn) return 'no task was taken away: scaling in is suspended';
  return targetTracking.length > 0 && targetTracking.every(({ disableScaleIn }) => disableScaleIn)
    ? 'no task was taken away: every policy has scaling in disabled'
    : undefined;
}

function heldByGuard({ notScaled }: Outcome): string | undefined {
  const held = notScaled.find(({ reason }) => reason === 'AutoScalingAnticipatedFlapping');
  if (held === undefined) return undefined;
  return (
    `no task was taken away: from ${clockTime(held.startSeconds)} on the load was low, but one task less than ${held.currentCapacity} ` +
    'would have brought it above its target again (AutoScalingAnticipatedFlapping)'
  );
}

function quietTooShort({ plan, behavior }: Scenario, { activities, timeline }: Outcome): string | undefined {
  const { targetTracking, platform } = plan.policy;
  const share = lowShareOf(behavior, platform);
  const neededSeconds = behavior.lowDatapoints * behavior.periodSeconds;
  const isQuiet = (row: TimelineRow): boolean =>
    targetTracking.every(({ metric, targetValue }) => (signalOf(row, metric) ?? targetValue) < lowThreshold(targetValue, share));
  const since = activities[0]!.startSeconds;
  const loud = timeline.filter((row) => !isQuiet(row)).at(-1);
  // a quiet time that the end of the run cuts off may have lasted for long enough.
  const ended = timeline.filter((row) => row.atSeconds <= (loud?.atSeconds ?? 0));
  const stretch = longestStretch(ended, (row) => row.atSeconds > since && isQuiet(row));
  if (stretch === 0 || stretch >= neededSeconds) return undefined;
  return (
    `no task was taken away: every signal has to stay below ${rounded(100 * share)} % of its target for ${neededSeconds / 60} minutes in a row, ` +
    `and the longest quiet time was ${clockTime(stretch)}. Where load swings faster than that, what was added stays`
  );
}
