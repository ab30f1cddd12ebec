import { type Activity, isScaleOut } from './activity';
import type { AwsBehavior } from './aws-behavior';
import type { Fleet } from './fleet';

/** Whether an activity is complete: the fleet has the number of tasks that it set. */
export function isActivityComplete(
  activity: Activity,
  fleet: Fleet,
  { minActivitySeconds, activityCompletion }: AwsBehavior,
  nowSeconds: number,
): boolean {
  if (nowSeconds - activity.startSeconds < minActivitySeconds) return false;
  if (activityCompletion === 'all-steady') return fleet.isSteady;
  const { runningCount } = fleet;
  return isScaleOut(activity) ? runningCount >= activity.toCapacity : runningCount <= activity.toCapacity;
}
