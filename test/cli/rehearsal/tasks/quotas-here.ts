import { readdirSync } from 'node:fs';
import { controlGroupIn } from '../../../../cli/rehearsal/tasks/control-group-in';
import { findControlGroupParent } from '../../../../cli/rehearsal/tasks/control-group-parent';
import type { QuotaChoice } from '../../../../cli/rehearsal/tasks/quota-choice';

const parent = findControlGroupParent();

/** The ways of holding a process to its CPU that this machine permits. */
export const QUOTAS_HERE: readonly QuotaChoice[] = 'refusal' in parent ? ['duty-cycle'] : ['duty-cycle', 'cgroup'];

if ('refusal' in parent) console.warn(`skipped: tasks in control groups, which are not permitted here: ${parent.refusal}`);

/** The control groups with a process of ours, gone or not, in their name. */
export function controlGroupsLeft(processId: number): string[] {
  if ('refusal' in parent) return [];
  const names = controlGroupIn(parent).folders.flatMap((folder) => readdirSync(folder));
  return names.filter((name) => name.startsWith('cdk-rehearsal-') && name.includes(`-${processId}-`));
}
