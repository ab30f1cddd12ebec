import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../src/parse/input-error';
import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import type { Clock } from '../../../src/time/clock';
import { hasOwnerExited, ownerId } from '../process/owner-id';
import { signalProcess } from '../process/process-group';
import type { TaskChild } from '../process/task-child';
import { type ControlGroup, controlGroupIn, readProcessIds, writeGroupFile } from './cgroup';
import { type ControlGroupFolders, childGroupFolders, controlGroupFolders, findControlGroupParent } from './cgroup-folders';
import { resultOrUndefined } from './proc-file';
import { residentMemoryMiB } from './process-usage';
import type { LimitedChild, ResourceLimiter, ResourceLimits } from './resource-limiter';

/** The delay before a group is removed again: a killed process leaves it a moment later, and only then can it be removed. */
const REMOVAL_RETRY_SECONDS = 0.02;

/** Limits tasks as Fargate does: each is in a control group with the kernel's CPU quota and memory limit. */
export class CgroupLimiter implements ResourceLimiter {
  public readonly description: string;

  /**
   * Creates a group for the tasks of this process, and removes orphaned groups.
   *
   * @throws InputError if this machine does not permit it.
   */
  public static open(clock: Clock): CgroupLimiter {
    const own = controlGroupFolders('self');
    const parent = findControlGroupParent(own);
    if ('unavailable' in parent) throw new InputError([formatNotPermitted(parent.unavailable)]);
    removeOrphanedGroups(controlGroupIn(parent).folders);
    const tasksGroup = childGroupFolders(parent, ownerId());
    try {
      return new CgroupLimiter(clock, tasksGroup, controlGroupIn(own!));
    } catch (error) {
      for (const folder of controlGroupIn(tasksGroup).folders) removeControlGroup(folder);
      throw new InputError([formatNotPermitted((error as Error).message)]);
    }
  }

  /** Removes orphaned groups: those of a supervisor that has exited without removing them. */
  public static removeOrphans(): void {
    const parent = findControlGroupParent();
    if (!('unavailable' in parent)) removeOrphanedGroups(controlGroupIn(parent).folders);
  }

  private constructor(
    private readonly clock: Clock,
    private readonly tasksGroup: ControlGroupFolders,
    private readonly ownGroup: ControlGroup,
  ) {
    this.description = `CPU quota by cgroup v${tasksGroup.version}`;
    createFolders(controlGroupIn(tasksGroup));
    if (tasksGroup.version === 2) writeGroupFile(tasksGroup.cpu, 'cgroup.subtree_control', '+cpu +memory');
    // fails here, before the first task, if groups cannot be used.
    const testGroup = this.createGroup(0, { cpu: 1024, memoryMiB: 512 });
    this.assertUsable(testGroup);
    for (const folder of testGroup.folders) tryToRemove(folder);
  }

  public async limit(taskNumber: number, size: TaskSize, spawn: () => ChildProcess): Promise<LimitedChild> {
    const group = this.createGroup(taskNumber, size);
    const remove = (): void => this.remove(group);
    try {
      const child = this.spawnIn(group, spawn);
      await once(child, 'spawn');
      return { child, limits: new CgroupLimits(group, { spawnIn: (inner) => this.spawnIn(group, inner), remove }) };
    } catch (error) {
      remove();
      throw error;
    }
  }

  public close(): void {
    for (const folder of controlGroupIn(this.tasksGroup).folders) removeControlGroup(folder);
  }

  private createGroup(taskNumber: number, size: TaskSize): ControlGroup {
    const group = controlGroupIn(childGroupFolders(this.tasksGroup, `task-${taskNumber}`));
    createFolders(group);
    group.setVcpu(vcpuOf(size));
    group.setMemoryMiB(size.memoryMiB);
    return group;
  }

  /** Moves this process into a group and out again, as for every task. It first moves to its own group, to be sure that it can return there. */
  private assertUsable(group: ControlGroup): void {
    this.ownGroup.addProcess(process.pid);
    this.spawnIn(group, () => {});
  }

  /** A process starts in the group of its parent. So this process moves there to spawn it: nothing of the child runs outside the group. */
  private spawnIn<T>(group: ControlGroup, spawn: () => T): T {
    try {
      group.addProcess(process.pid);
      return spawn();
    } finally {
      this.ownGroup.addProcess(process.pid);
    }
  }

  private remove(group: ControlGroup): void {
    const remaining = group.folders.filter((folder) => !tryToRemove(folder));
    if (remaining.length > 0) this.clock.after(REMOVAL_RETRY_SECONDS, () => this.remove(group));
  }
}

function createFolders(group: ControlGroup): void {
  for (const folder of group.folders) mkdirSync(folder);
}

function formatNotPermitted(reason: string): string {
  return `--quota cgroup is not permitted on this machine: ${reason}. Leave it out, or use --quota sigstop, which needs no permission`;
}

class CgroupLimits implements ResourceLimits {
  private lastCpuSeconds = 0;

  public constructor(
    private readonly group: ControlGroup,
    private readonly limiter: { readonly spawnIn: (spawn: () => TaskChild) => TaskChild; readonly remove: () => void },
  ) {}

  public cpuSeconds(): number {
    this.lastCpuSeconds = Math.max(this.lastCpuSeconds, this.group.cpuSeconds());
    return this.lastCpuSeconds;
  }

  /** The kernel charges the pages of a program to the group that first ran it, which may be another task's. On Fargate each task is charged for its own. */
  public memoryMiB(): number {
    return Math.max(this.group.memoryMiB(), residentMemoryMiB(this.group.processIds()) ?? 0);
  }

  public isOutOfMemory(): boolean {
    return this.group.outOfMemoryKills() > 0;
  }

  public setVcpu(vcpu: number): void {
    this.group.setVcpu(vcpu);
  }

  public pause(): void {
    this.group.pause();
  }

  public unpause(): void {
    this.group.unpause();
  }

  public kill(): void {
    this.group.kill();
  }

  public add(spawn: () => TaskChild): void {
    const child = this.limiter.spawnIn(spawn);
    child.on('error', () => {});
    for (const stream of [child.stdout, child.stderr]) stream.resume();
  }

  public close(): void {
    this.limiter.remove();
  }
}

const SYNC_RETRY_MILLIS = 5;
const MAX_SYNC_RETRIES = 100;

/** Kills the processes of a control group and removes it with its children, synchronously. Returns whether the group is removed. */
export function removeControlGroup(folder: string): boolean {
  for (let retries = 0; existsSync(folder) && retries < MAX_SYNC_RETRIES; retries++) {
    if (!tryToRemove(folder)) sleepSync();
  }
  return !existsSync(folder);
}

/** Removes a control group, or kills the processes that still run in it. Returns whether the group is removed. */
export function tryToRemove(folder: string): boolean {
  const entries = resultOrUndefined(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  for (const entry of entries.filter((candidate) => candidate.isDirectory())) tryToRemove(join(folder, entry.name));
  for (const processId of readProcessIds(folder)) signalProcess(processId, 'SIGKILL');
  resultOrUndefined(() => rmdirSync(folder));
  return !existsSync(folder);
}

/** Removes the orphaned control groups in the given folders. */
export function removeOrphanedGroups(parents: readonly string[]): void {
  for (const parent of parents) {
    for (const name of resultOrUndefined(() => readdirSync(parent)) ?? []) if (hasOwnerExited(name)) removeControlGroup(join(parent, name));
  }
}

/** Sleeps and blocks this thread: a process that is exiting cannot wait for events. */
function sleepSync(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SYNC_RETRY_MILLIS);
}
