import { readFileSync } from 'node:fs';
import { InvalidInput } from '../../../src/plan/invalid-input';
import { every } from '../../../src/time/every';
import type { Cancel, Time } from '../../../src/time/time';
import type { ControlGroup } from './control-group';
import { controlGroupFolders } from './control-group-folders';
import { controlGroupIn } from './control-group-in';
import { EngineStatistics } from './engine-statistics';
import { measuredMemoryMiB } from './measured-memory';
import { unlessGone } from './proc-file';

/** What a container uses. */
export interface ContainerUsage {
  readonly cpuSeconds: number;
  readonly memoryMiB: number | undefined;
  /** Whether the kernel has ended something in it that needed more memory than the limit. */
  readonly isOutOfMemory: boolean;
  close(): void;
}

/** A running container, as its engine tells of it. */
export interface RunningContainer {
  readonly id: string;
  /** Its first process, as the machine that the engine runs on numbers it; 0 once it has ended. */
  readonly processId: number;
}

/** That of a container which had ended before it was looked at. */
export const NO_USAGE: ContainerUsage = { cpuSeconds: 0, memoryMiB: undefined, isOutOfMemory: false, close: () => {} };

/**
 * Reads a container's control group where it is one of this machine, or else asks the engine.
 *
 * @throws InvalidInput where neither can be reached.
 */
export function containerUsage(time: Time, container: RunningContainer, socket: string | undefined): ContainerUsage {
  if (container.processId === 0) return NO_USAGE;
  const group = controlGroupOf(container);
  if (group !== undefined) return new GroupUsage(group);
  if (socket === undefined)
    throw new InvalidInput([
      'the engine must run on this machine, or on a virtual one of it, so that the CPU of its containers can be seen, got one elsewhere: run the command where the engine is',
    ]);
  return new AskedUsage(time, new EngineStatistics(socket, container.id));
}

/** An engine in a virtual machine numbers processes in its own way; the group of one of ours has the container's id in its name. */
export function controlGroupOf({ id, processId }: RunningContainer): ControlGroup | undefined {
  const lines = unlessGone(() => readFileSync(`/proc/${processId}/cgroup`, 'utf8'));
  const folders = lines?.includes(id) === true ? controlGroupFolders(processId) : undefined;
  return folders === undefined ? undefined : controlGroupIn(folders);
}

class GroupUsage implements ContainerUsage {
  private lastCpuSeconds = 0;
  private lastMemoryMiB?: number;

  public constructor(private readonly group: ControlGroup) {}

  public get cpuSeconds(): number {
    this.lastCpuSeconds = Math.max(this.lastCpuSeconds, this.group.cpuSeconds());
    return this.lastCpuSeconds;
  }

  /** As in a group of our own: the program's own pages may be charged to who ran it first. */
  public get memoryMiB(): number | undefined {
    const processIds = this.group.processIds();
    if (processIds.length > 0) this.lastMemoryMiB = Math.max(this.group.memoryMiB(), measuredMemoryMiB(processIds) ?? 0);
    return this.lastMemoryMiB;
  }

  public get isOutOfMemory(): boolean {
    return this.group.outOfMemoryKills() > 0;
  }

  public close(): void {}
}

/** Often enough to see a burst; an answer takes the engine some milliseconds. */
const ASK_SECONDS = 0.25;

class AskedUsage implements ContainerUsage {
  public cpuSeconds = 0;
  public memoryMiB: number | undefined;
  /** Only the end of the container tells, or of what filled its memory. */
  public readonly isOutOfMemory = false;
  public readonly close: Cancel;
  private isAsking = false;

  public constructor(
    time: Time,
    private readonly statistics: EngineStatistics,
  ) {
    this.close = every(time, { firstAtSeconds: time.nowSeconds, periodSeconds: ASK_SECONDS }, () => void this.ask());
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    const answer = await this.statistics.read();
    this.isAsking = false;
    if (answer === undefined) return;
    this.cpuSeconds = Math.max(this.cpuSeconds, answer.cpuSeconds);
    this.memoryMiB = answer.memoryMiB;
  }
}
