import type { Outcome } from '../outcome';
import type { Scenario } from '../scenario';
import { askedForTooMany, heldAtMaximum } from './capacity-remarks';
import { cameTooLate, cooldownHeld, nothingScaled } from './delay-remarks';
import { clientLimitReached, cpuHidesTheLoad, noTaskToSpare, requestsFailed, requestsQueued } from './load-remarks';
import type { Remark } from './remark';
import { idleAboveLowThreshold, neverScaledIn } from './scale-in-remarks';
import { unservable } from './unservable-remark';

/** The most telling first. */
const REMARKS: readonly Remark[] = [
  requestsFailed,
  unservable,
  askedForTooMany,
  heldAtMaximum,
  nothingScaled,
  cameTooLate,
  cpuHidesTheLoad,
  cooldownHeld,
  requestsQueued,
  noTaskToSpare,
  neverScaledIn,
  idleAboveLowThreshold,
  clientLimitReached,
];

/** Says in words what a reader of the outcome should know about the policy, and what would help. */
export function remarks(scenario: Scenario, outcome: Outcome): string[] {
  return REMARKS.flatMap((remark) => remark(scenario, outcome) ?? []);
}
