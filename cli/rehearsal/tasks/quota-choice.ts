import { InvalidInput } from '../../../src/plan/invalid-input';
import type { Time } from '../../../src/time/time';
import type { ConfinementMethod } from './confinement';
import { ControlGroupMethod } from './control-group-method';
import { DutyCycle } from './duty-cycle';
import { EstimatedGroups } from './estimated-groups';
import { MEASURED_GROUPS } from './measured-groups';
import { quotaMethod } from './quota-method';

/** How the tasks that are processes are held to their size; `auto` takes the control groups where they are permitted. */
export const QUOTA_CHOICES = ['auto', 'cgroup', 'duty-cycle'] as const;

export type QuotaChoice = (typeof QUOTA_CHOICES)[number];

/**
 * Chooses how tasks are confined.
 *
 * @throws InvalidInput where control groups were asked for and are not permitted.
 */
export function confinementMethod(choice: QuotaChoice, time: Time): ConfinementMethod {
  if (choice === 'duty-cycle') return dutyCycle(time);
  try {
    return ControlGroupMethod.open(time);
  } catch (error) {
    if (choice === 'auto' && error instanceof InvalidInput) return dutyCycle(time);
    throw error;
  }
}

function dutyCycle(time: Time): ConfinementMethod {
  return new DutyCycle(time, quotaMethod() === 'measured' ? MEASURED_GROUPS : new EstimatedGroups(time));
}
