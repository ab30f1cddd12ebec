import type { Time } from '../../../src/time/time';
import { ContainerEngine } from './container-engine';
import { ContainerStarter } from './container-starter';
import { ControlGroupMethod } from './control-group-method';
import { ProcessStarter } from './process-starter';
import { confinementMethod, type QuotaChoice } from './quota-choice';
import type { ContainerEngineName } from './task-container';
import type { TaskStarter } from './task-starter';

/** How tasks are kept. */
export type Keeping = { readonly runtime: 'process'; readonly quota: QuotaChoice } | { readonly runtime: ContainerEngineName };

/**
 * Opens what starts tasks.
 *
 * @throws InvalidInput where this machine does not have what that takes.
 */
export async function openStarter(keeping: Keeping, time: Time): Promise<TaskStarter> {
  if (keeping.runtime !== 'process') return ContainerStarter.open(keeping.runtime, time);
  return new ProcessStarter(time, confinementMethod(keeping.quota, time));
}

/** Removes what owners have left behind that have gone. */
export function sweepLeftovers({ runtime }: Keeping): void {
  if (runtime === 'process') ControlGroupMethod.sweep();
  else new ContainerEngine(runtime).sweep();
}
