import { unitOf } from '../plan/metric';
import { type Activity, isScaleOut } from '../scaling/activity';
import { lowShareOf } from '../scaling/aws-behavior';
import { lowThreshold } from '../scaling/decision';
import { clockTime } from './duration';
import type { Outcome } from './outcome';
import { remarks } from './remarks/remarks';
import type { Scenario } from './scenario';

/** An outcome in words. */
export interface Explanation {
  /** Why it scaled when it did: a sentence for each activity. */
  readonly activities: readonly string[];
  /** What was remarkable, and what would have helped. */
  readonly remarks: readonly string[];
}

/** Says in words why a run scaled when it did, and what would have helped. */
export function explain(scenario: Scenario, outcome: Outcome): Explanation {
  return { activities: outcome.activities.map((activity) => sentence(scenario, activity)), remarks: remarks(scenario, outcome) };
}

function sentence(scenario: Scenario, activity: Activity): string {
  const { startSeconds, endSeconds, fromCapacity, toCapacity } = activity;
  const done = endSeconds === undefined ? 'that was not complete at the end' : `complete ${clockTime(endSeconds - startSeconds)} later`;
  return `${clockTime(startSeconds)} ${fromCapacity} -> ${toCapacity} tasks: ${reason(scenario, activity)}; ${done}`;
}

function reason(scenario: Scenario, activity: Activity): string {
  const { metric, metricValue, targetValue, origin, cause } = activity;
  if (metric === undefined || metricValue === undefined || targetValue === undefined || origin !== 'target-tracking') return cause;
  const { highDatapoints, lowDatapoints, periodSeconds } = scenario.behavior;
  const unit = unitOf(metric) === 'percent' ? ' %' : '';
  if (!isScaleOut(activity)) {
    const low = `${short(lowThreshold(targetValue, lowShareOf(scenario.behavior, scenario.plan.policy.platform)))}${unit}`;
    return `every signal was low for ${(lowDatapoints * periodSeconds) / 60} minutes, ${metric} at ${short(metricValue)}${unit} (below ${low})`;
  }
  return (
    `${metric} was ${short(metricValue)}${unit} after ${highDatapoints} datapoints in a row above its target of ${short(targetValue)}${unit}; ` +
    arithmetic(activity, scenario.plan.policy.maxCapacity)
  );
}

/** How a count follows from a metric: in proportion, rounded up, within bounds. */
function arithmetic({ baseCapacity, metricValue, targetValue, computedCapacity, toCapacity }: Activity, maxCapacity: number): string {
  const bound = computedCapacity > toCapacity && toCapacity === maxCapacity ? `, and maxCapacity is ${maxCapacity}` : '';
  return `${baseCapacity} x ${short(metricValue!)} / ${short(targetValue!)} rounded up is ${computedCapacity}${bound}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
