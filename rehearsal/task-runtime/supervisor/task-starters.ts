import type { Clock } from '../../../src/time/clock';
import { ContainerEngine } from '../container/container-engine';
import { ContainerStarter } from '../container/container-starter';
import { CgroupLimiter } from '../limits/cgroup-limiter';
import { openResourceLimiter, type QuotaChoice } from '../limits/limiter-choice';
import { removeOrphanedFolders } from '../process/owned-folder';
import { ProcessStarter } from '../process/process-task';
import type { ContainerEngineName } from '../task-container';
import type { TaskStarter } from './supervised-task';

/** Whether tasks are processes, and how their CPU is limited then, or containers, and by which engine they are run. */
export type SupervisorOptions = (
  | { readonly runtime: 'process'; readonly quota: QuotaChoice }
  | { readonly runtime: ContainerEngineName }
) & {
  /**
   * Whether all that tasks write is passed on.
   *
   * @default false, only the last lines
   */
  readonly capturesOutput?: boolean;
};

/** The errors if such tasks cannot run on a platform: processes need Linux, which has /proc. */
export function platformErrors({ runtime }: SupervisorOptions, platform: NodeJS.Platform = process.platform): string[] {
  if (platform === 'linux') return [];
  if (platform === 'win32') return ['tasks cannot run on Windows itself: use WSL, Linux or macOS'];
  return runtime === 'process' ? ['tasks can run as processes only on Linux: use --runtime docker or --runtime podman'] : [];
}

/**
 * Opens the starter of the tasks.
 *
 * @throws InputError if this machine lacks what it needs.
 */
export async function openStarter(options: SupervisorOptions, clock: Clock): Promise<TaskStarter> {
  if (options.runtime !== 'process') return ContainerStarter.open(options.runtime, clock);
  return new ProcessStarter(clock, openResourceLimiter(options.quota, clock));
}

/** Removes orphans: the control groups, containers and folders of supervisors that have exited without removing them. */
export function removeOrphans({ runtime }: SupervisorOptions): void {
  removeOrphanedFolders();
  if (runtime === 'process') CgroupLimiter.removeOrphans();
  else new ContainerEngine(runtime).removeOrphans();
}
