import { InputError } from '../../../src/parse/input-error';
import type { Clock } from '../../../src/time/clock';
import { CgroupLimiter } from './cgroup-limiter';
import type { ResourceLimiter } from './resource-limiter';
import { SigstopLimiter } from './sigstop-limiter';

/** How tasks that are processes are limited to their size; `auto` uses control groups if this machine permits them. */
export const QUOTA_CHOICES = ['auto', 'cgroup', 'sigstop'] as const;

export type QuotaChoice = (typeof QUOTA_CHOICES)[number];

/**
 * Opens the chosen resource limiter.
 *
 * @throws InputError if control groups were chosen and are not permitted.
 */
export function openResourceLimiter(choice: QuotaChoice, clock: Clock): ResourceLimiter {
  if (choice === 'sigstop') return new SigstopLimiter(clock);
  try {
    return CgroupLimiter.open(clock);
  } catch (error) {
    if (choice === 'auto' && error instanceof InputError) return new SigstopLimiter(clock);
    throw error;
  }
}
