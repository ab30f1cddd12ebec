import { type CheckResult, ok, skipped, warning } from './check-result';
import type { CheckedTask } from './checked-task';

/** Assesses whether the task would end by its stop signal as process 1 of a container. */
export async function endsAsProcessOne(task: CheckedTask): Promise<CheckResult> {
  const { stopSignal, plan } = task;
  const { initProcessEnabled } = task.options.image;
  if (task.isContainer) return skipped('the container was stopped with the init process that its definition sets, or without one');
  const { hasSignalHandler } = await task.stop();
  if (hasSignalHandler === undefined) return skipped('this machine does not show which signals a process handles');
  if (hasSignalHandler) return ok(`its first process handles ${stopSignal}, so it needs no init process`);
  const ignored = `its first process has no handler for ${stopSignal}, and the kernel drops such a signal to process 1 of a container`;
  if (initProcessEnabled !== false) {
    const source = initProcessEnabled === true ? 'which the task definition has' : 'which the construct adds';
    return ok(`${ignored}: it ends only because of the init process, ${source}`);
  }
  return warning(
    `${ignored}: it would go on, and be killed at the stop timeout, after ${plan.container.stopTimeoutSeconds} s`,
    `set initProcessEnabled: true (linuxParameters.initProcessEnabled of the task definition), or handle ${stopSignal}`,
  );
}
