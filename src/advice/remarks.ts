import { unitOf } from '../metrics/metric';
import { UNITS } from '../metrics/signals';
import { formatElapsed } from '../parse/durations';
import type { Outcome } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import { type Activity, isScaleOut } from '../scaling/activity';
import { lowThresholdShareOf } from '../scaling/aws-behavior';
import { lowThreshold } from '../scaling/decision';
import { limitedByMaxCapacity, targetTooLowForTraffic, trafficExceedsMaxCapacity } from './capacity-remarks';
import { assumedCompletion, containerStartsTooSlowly, containersNotRehearsed } from './container-remarks';
import { delayedByCooldown, nothingScaled, scaledOutTooLate } from './delay-remarks';
import { alarmsNotSimulated, assumedHookTime, pausedDeployment } from './deployment-remarks';
import { baselineHidesTheLoad, basicMonitoring, creditsRunOut, instancesTooSmall, surplusCreditsCharged } from './instance-remarks';
import { clientLimitReached, cpuHidesTheLoad, noTaskToSpare, requestsFailed, requestsQueued } from './load-remarks';
import type { Remark } from './remark';
import { idleAboveLowThreshold, neverScaledIn } from './scale-in-remarks';

/** All remarks, the most important first. */
const REMARKS: readonly Remark[] = [
  requestsFailed,
  creditsRunOut,
  instancesTooSmall,
  baselineHidesTheLoad,
  trafficExceedsMaxCapacity,
  targetTooLowForTraffic,
  limitedByMaxCapacity,
  nothingScaled,
  scaledOutTooLate,
  cpuHidesTheLoad,
  delayedByCooldown,
  requestsQueued,
  noTaskToSpare,
  basicMonitoring,
  surplusCreditsCharged,
  neverScaledIn,
  idleAboveLowThreshold,
  clientLimitReached,
  pausedDeployment,
  assumedHookTime,
  alarmsNotSimulated,
  containerStartsTooSlowly,
  assumedCompletion,
  containersNotRehearsed,
];

/** Returns remarks on an outcome: what is notable about the policy, and what to change. */
export function remarks(scenario: Scenario, outcome: Outcome): string[] {
  return [...(scenario.traffic.remarks ?? []), ...REMARKS.flatMap((remark) => remark(scenario, outcome) ?? [])];
}

/** An outcome as text. */
export interface Explanation {
  /** Why the service scaled: a text for each activity. */
  readonly activities: readonly string[];
  /** What is notable, and what to change. */
  readonly remarks: readonly string[];
}

/** Explains why a run scaled, and what to change. */
export function explain(scenario: Scenario, outcome: Outcome): Explanation {
  return { activities: outcome.activities.map((activity) => explainActivity(scenario, activity)), remarks: remarks(scenario, outcome) };
}

function explainActivity(scenario: Scenario, activity: Activity): string {
  const { startSeconds, endSeconds, fromCapacity, toCapacity } = activity;
  const done =
    endSeconds === undefined ? 'not complete at the end of the run' : `complete ${formatElapsed(endSeconds - startSeconds)} later`;
  return `${formatElapsed(startSeconds)} ${fromCapacity} -> ${toCapacity} tasks: ${reasonText(scenario, activity)}; ${done}`;
}

function reasonText(scenario: Scenario, activity: Activity): string {
  const { metric, metricValue, targetValue, origin, cause } = activity;
  if (metric === undefined || metricValue === undefined || targetValue === undefined || origin !== 'target-tracking') return cause;
  const { highAlarmDatapoints, lowAlarmDatapoints, periodSeconds } = scenario.behavior;
  const unit = unitOf(metric) === 'percent' ? UNITS.percent.suffix : '';
  if (!isScaleOut(activity)) {
    const low = `${formatShort(lowThreshold(targetValue, lowThresholdShareOf(scenario.behavior, scenario.plan.policy.platform)))}${unit}`;
    return `every metric was low for ${(lowAlarmDatapoints * periodSeconds) / 60} minutes, ${metric} at ${formatShort(metricValue)}${unit} (below ${low})`;
  }
  return (
    `${metric} was ${formatShort(metricValue)}${unit} after ${highAlarmDatapoints} consecutive datapoints above its target of ${formatShort(targetValue)}${unit}; ` +
    formatComputation(activity, scenario.plan.policy.maxCapacity)
  );
}

/** The computation of a count from a metric: in proportion, rounded up, within the bounds. */
function formatComputation(
  { baseCapacity, metricValue, targetValue, computedCapacity, toCapacity }: Activity,
  maxCapacity: number,
): string {
  const bound = computedCapacity > toCapacity && toCapacity === maxCapacity ? `, and maxCapacity is ${maxCapacity}` : '';
  return `${baseCapacity} x ${formatShort(metricValue!)} / ${formatShort(targetValue!)} rounded up is ${computedCapacity}${bound}`;
}

function formatShort(value: number): string {
  return String(Number(value.toPrecision(4)));
}
