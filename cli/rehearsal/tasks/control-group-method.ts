import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { InvalidInput } from '../../../src/plan/invalid-input';
import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import type { Time } from '../../../src/time/time';
import type { ConfinedChild, Confinement, ConfinementMethod, TaskChild } from './confinement';
import type { ControlGroup } from './control-group';
import { writeFile } from './control-group-files';
import { type ControlGroupFolders, controlGroupFolders, insideOf } from './control-group-folders';
import { controlGroupIn } from './control-group-in';
import { findControlGroupParent } from './control-group-parent';
import { removeControlGroup, sweepControlGroups, tryToRemove } from './control-group-removal';
import { measuredMemoryMiB } from './measured-memory';
import { ownerName } from './owner-name';

/** A process that has been ended is gone a moment later. */
const REMOVAL_SECONDS = 0.02;

/** Confines tasks as Fargate does: in control groups, by the quota and the memory limit of the kernel. */
export class ControlGroupMethod implements ConfinementMethod {
  public readonly description: string;

  /**
   * Makes a group for the tasks of this process, and removes those that others have left.
   *
   * @throws InvalidInput where that is not permitted.
   */
  public static open(time: Time): ControlGroupMethod {
    const here = controlGroupFolders('self');
    const parent = findControlGroupParent(here);
    if ('refusal' in parent) throw new InvalidInput([refusalOf(parent.refusal)]);
    sweepControlGroups(controlGroupIn(parent).folders);
    const all = insideOf(parent, ownerName());
    try {
      return new ControlGroupMethod(time, all, controlGroupIn(here!));
    } catch (error) {
      for (const folder of controlGroupIn(all).folders) removeControlGroup(folder);
      throw new InvalidInput([refusalOf((error as Error).message)]);
    }
  }

  /** Removes the groups of those who could not do so themselves. */
  public static sweep(): void {
    const parent = findControlGroupParent();
    if (!('refusal' in parent)) sweepControlGroups(controlGroupIn(parent).folders);
  }

  private constructor(
    private readonly time: Time,
    private readonly all: ControlGroupFolders,
    private readonly own: ControlGroup,
  ) {
    this.description = `CPU quota by cgroup v${all.version}`;
    makeFolders(controlGroupIn(all));
    if (all.version === 2) writeFile(all.cpu, 'cgroup.subtree_control', '+cpu +memory');
    // what cannot hold a task is better known before the first one.
    const trial = this.groupOf(0, { cpu: 1024, memoryMiB: 512 });
    this.visit(trial);
    for (const folder of trial.folders) tryToRemove(folder);
  }

  public async confine(number: number, size: TaskSize, spawn: () => TaskChild): Promise<ConfinedChild> {
    const group = this.groupOf(number, size);
    const remove = (): void => this.remove(group);
    try {
      const child = this.spawnIn(group, spawn);
      await once(child, 'spawn');
      return { child, confinement: new InControlGroup(group, { spawnIn: (inner) => this.spawnIn(group, inner), remove }) };
    } catch (error) {
      remove();
      throw error;
    }
  }

  public close(): void {
    for (const folder of controlGroupIn(this.all).folders) removeControlGroup(folder);
  }

  private groupOf(number: number, size: TaskSize): ControlGroup {
    const group = controlGroupIn(insideOf(this.all, `task-${number}`));
    makeFolders(group);
    group.setVcpu(vcpuOf(size));
    group.setMemoryMiB(size.memoryMiB);
    return group;
  }

  /** Moves this process in and out again, as for every task, and first to where it is: what it cannot come back to it does not leave. */
  private visit(group: ControlGroup): void {
    this.own.take(process.pid);
    this.spawnIn(group, () => {});
  }

  /** A process begins where the one is that starts it: only so is nothing that it does outside of its group. */
  private spawnIn<T>(group: ControlGroup, spawn: () => T): T {
    try {
      group.take(process.pid);
      return spawn();
    } finally {
      this.own.take(process.pid);
    }
  }

  private remove(group: ControlGroup): void {
    const left = group.folders.filter((folder) => !tryToRemove(folder));
    if (left.length > 0) this.time.after(REMOVAL_SECONDS, () => this.remove(group));
  }
}

function makeFolders(group: ControlGroup): void {
  for (const folder of group.folders) mkdirSync(folder);
}

function refusalOf(reason: string): string {
  return `--quota cgroup must be permitted on this machine, got: ${reason}. Leave it out, or say --quota duty-cycle, which needs no permission`;
}

class InControlGroup implements Confinement {
  private lastCpuSeconds = 0;

  public constructor(
    private readonly group: ControlGroup,
    private readonly method: { readonly spawnIn: (spawn: () => TaskChild) => TaskChild; readonly remove: () => void },
  ) {}

  public cpuSeconds(): number {
    this.lastCpuSeconds = Math.max(this.lastCpuSeconds, this.group.cpuSeconds());
    return this.lastCpuSeconds;
  }

  /** The kernel charges a program's own pages to whoever ran it first, here perhaps not to this task; where the task is alone, it is. */
  public memoryMiB(): number {
    return Math.max(this.group.memoryMiB(), measuredMemoryMiB(this.group.processIds()) ?? 0);
  }

  public isOutOfMemory(): boolean {
    return this.group.outOfMemoryKills() > 0;
  }

  public setVcpu(vcpu: number): void {
    this.group.setVcpu(vcpu);
  }

  public freeze(): void {
    this.group.freeze();
  }

  public thaw(): void {
    this.group.thaw();
  }

  public kill(): void {
    this.group.kill();
  }

  public add(spawn: () => TaskChild): void {
    const child = this.method.spawnIn(spawn);
    child.on('error', () => {});
    for (const stream of [child.stdout, child.stderr]) stream.resume();
  }

  public close(): void {
    this.method.remove();
  }
}
