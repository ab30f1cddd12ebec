import { capacityAfterAdjustment } from '../../../src/scaling/alarm-driven-policy';
import { Cooldowns } from '../../../src/scaling/cooldowns';
import { limitScaleOut } from '../../../src/scaling/decision';

const COOLDOWN_SECONDS = 300;

/** The counts after a step, and after another one within its cooldown. */
export function secondStep(base: number, first: number, second: number): number[] {
  const cooldowns = new Cooldowns();
  const toCapacity = capacityAfterAdjustment(base, { adjustmentType: 'ChangeInCapacity' }, first);
  cooldowns.start(activity(base, toCapacity), COOLDOWN_SECONDS);
  cooldowns.complete(60);
  const again = cooldowns.scaleOutBase(120)!;
  const computed = capacityAfterAdjustment(again, { adjustmentType: 'ChangeInCapacity' }, second);
  const decision = limitScaleOut({ baseCapacity: again, desiredCount: toCapacity, min: 1, max: 100 }, computed);
  return [toCapacity, 'toCapacity' in decision ? decision.toCapacity : toCapacity];
}

function activity(baseCapacity: number, toCapacity: number): Parameters<Cooldowns['start']>[0] {
  const counts = { baseCapacity, fromCapacity: baseCapacity, toCapacity, computedCapacity: toCapacity };
  return { startSeconds: 0, statusCode: 'InProgress', origin: 'step-scaling', cause: 'a step', ...counts };
}
