import { readdirSync } from 'node:fs';
import { controlGroupIn } from '../../../rehearsal/task-runtime/limits/cgroup';
import { findControlGroupParent } from '../../../rehearsal/task-runtime/limits/cgroup-folders';
import type { QuotaChoice } from '../../../rehearsal/task-runtime/limits/limiter-choice';

const parent = findControlGroupParent();

/** The ways to limit the CPU of a process that this machine permits. */
export const QUOTAS_HERE: readonly QuotaChoice[] = 'unavailable' in parent ? ['sigstop'] : ['sigstop', 'cgroup'];

if ('unavailable' in parent) console.warn(`skipped: tasks in control groups, which are not permitted here: ${parent.unavailable}`);

/** The control groups that have the id of a process, running or not, in their name. */
export function controlGroupsLeft(processId: number): string[] {
  if ('unavailable' in parent) return [];
  const names = controlGroupIn(parent).folders.flatMap((folder) => readdirSync(folder));
  return names.filter((name) => name.startsWith('cdk-rehearsal-') && name.includes(`-${processId}-`));
}
