import { readFileSync } from 'node:fs';
import { resultOrUndefined } from '../limits/proc-file';
import type { ContainerEngineName } from '../task-container';

/** The open files of a task on Fargate, soft and hard: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#container_definition_limits */
const FARGATE_OPEN_FILES = 65_535;

/** What Podman asks for without `--ulimit`, which root may not have where it lacks CAP_SYS_RESOURCE, as in many virtual machines. */
const PODMAN_OPEN_FILES = 1_048_576;

/** The limits of a process of this machine that cannot be raised. */
export interface HardLimits {
  readonly openFiles: number;
  readonly processes: number;
}

/**
 * The arguments with which Podman asks for no more open files and processes than this process may give: none if it may give what Podman
 * asks for by itself, or if this is not Linux, where Podman is in a virtual machine. A daemon of Docker has limits of its own.
 */
export function limitArguments(engine: ContainerEngineName, limits: HardLimits | undefined): string[] {
  if (engine !== 'podman' || limits === undefined || limits.openFiles >= PODMAN_OPEN_FILES) return [];
  const openFiles = Math.min(FARGATE_OPEN_FILES, limits.openFiles);
  // with one `--ulimit` Podman 4 forgets its own value of the other, and asks for too much of that.
  return [`nofile=${openFiles}:${openFiles}`, `nproc=${limits.processes}:${limits.processes}`].flatMap((limit) => ['--ulimit', limit]);
}

/** The limits of this process; undefined where there is no /proc. */
export function readHardLimits(): HardLimits | undefined {
  return resultOrUndefined(() =>
    parseHardLimits(readFileSync('/proc/self/limits', 'latin1'), Number(readFileSync('/proc/sys/kernel/pid_max', 'latin1'))),
  );
}

/**
 * Parses /proc/self/limits, with lines such as `Max open files            1024                 524288               files`.
 *
 * @param maxProcessId to which Podman lowers its own limit of processes when it starts.
 */
export function parseHardLimits(text: string, maxProcessId: number): HardLimits {
  const hardLimitOf = (name: string): number => Number(new RegExp(`^Max ${name} +\\S+ +(\\d+)`, 'm').exec(text)?.[1] ?? Infinity);
  return { openFiles: hardLimitOf('open files'), processes: Math.min(hardLimitOf('processes'), maxProcessId) };
}
