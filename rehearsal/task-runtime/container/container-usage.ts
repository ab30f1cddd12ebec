import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { InputError } from '../../../src/parse/input-error';
import { type Clock, every } from '../../../src/time/clock';
import { type ControlGroup, controlGroupIn } from '../limits/cgroup';
import { controlGroupFolders } from '../limits/cgroup-folders';
import { BYTES_PER_MEBIBYTE, resultOrUndefined } from '../limits/proc-file';
import { residentMemoryMiB } from '../limits/process-usage';

/** The CPU and memory that a container uses. */
export interface ContainerUsage {
  readonly cpuSeconds: number;
  readonly memoryMiB: number | undefined;
  /** Whether the kernel has killed a process in it because the memory limit was exceeded. */
  readonly isOutOfMemory: boolean;
  close(): void;
}

/** A running container, as its engine reports it. */
export interface RunningContainer {
  readonly id: string;
  /** The id of its first process on the machine that the engine runs on; 0 once it has exited. */
  readonly processId: number;
  /**
   * The name or the number of the signal that the image is stopped with, its STOPSIGNAL.
   *
   * @default SIGTERM
   */
  readonly stopSignal?: string;
}

/** The signal that stops a container whose image names none. */
export const DEFAULT_STOP_SIGNAL = 'SIGTERM';

/** The usage of a container that had exited before it was inspected. */
export const NO_USAGE: ContainerUsage = { cpuSeconds: 0, memoryMiB: undefined, isOutOfMemory: false, close: () => {} };

/**
 * Reads the usage from the container's control group if that is on this machine, else from the engine's API.
 *
 * @throws InputError if neither can be read.
 */
export function containerUsage(clock: Clock, container: RunningContainer, socket: string | undefined): ContainerUsage {
  if (container.processId === 0) return NO_USAGE;
  const group = controlGroupOf(container);
  if (group !== undefined) return new ControlGroupUsage(group);
  if (socket === undefined)
    throw new InputError([
      'the container engine runs on another machine, where the CPU of its containers cannot be read: run this command on that machine',
    ]);
  return new EngineUsage(clock, new EngineStatistics(socket, container.id));
}

/**
 * The control group of a container; undefined if it is not on this machine. An engine in a virtual machine has process ids of its own,
 * so the group must have the container's id in its name.
 */
export function controlGroupOf({ id, processId }: RunningContainer): ControlGroup | undefined {
  const lines = resultOrUndefined(() => readFileSync(`/proc/${processId}/cgroup`, 'utf8'));
  const folders = lines?.includes(id) === true ? controlGroupFolders(processId) : undefined;
  return folders === undefined ? undefined : controlGroupIn(folders);
}

class ControlGroupUsage implements ContainerUsage {
  private lastCpuSeconds = 0;
  private lastMemoryMiB?: number;

  public constructor(private readonly group: ControlGroup) {}

  public get cpuSeconds(): number {
    this.lastCpuSeconds = Math.max(this.lastCpuSeconds, this.group.cpuSeconds());
    return this.lastCpuSeconds;
  }

  /** The memory of the group, or the resident memory of its processes if that is more: the kernel charges the pages of a program file to the group that read them first. */
  public get memoryMiB(): number | undefined {
    const processIds = this.group.processIds();
    if (processIds.length > 0) this.lastMemoryMiB = Math.max(this.group.memoryMiB(), residentMemoryMiB(processIds) ?? 0);
    return this.lastMemoryMiB;
  }

  public get isOutOfMemory(): boolean {
    return this.group.outOfMemoryKills() > 0;
  }

  public close(): void {}
}

/** Short enough to see a burst of CPU, and long beside the milliseconds that the engine takes to respond. */
const POLL_INTERVAL_SECONDS = 0.25;

class EngineUsage implements ContainerUsage {
  public cpuSeconds = 0;
  public memoryMiB: number | undefined;
  /** The API does not report it: the exit of the container, or of the process in it that exhausted the memory, does. */
  public readonly isOutOfMemory = false;
  public readonly close: () => void;
  private isPolling = false;

  public constructor(
    clock: Clock,
    private readonly statistics: EngineStatistics,
  ) {
    this.close = every(clock, { firstAtSeconds: clock.nowSeconds, periodSeconds: POLL_INTERVAL_SECONDS }, () => void this.poll());
  }

  private async poll(): Promise<void> {
    if (this.isPolling) return;
    this.isPolling = true;
    const usage = await this.statistics.read();
    this.isPolling = false;
    if (usage === undefined) return;
    this.cpuSeconds = Math.max(this.cpuSeconds, usage.cpuSeconds);
    this.memoryMiB = usage.memoryMiB;
  }
}

/** An engine that responds later is asked again at the next poll. */
const RESPONSE_TIMEOUT_MILLIS = 2000;

/** The usage of a container that an engine's API reports. */
export interface ReportedUsage {
  readonly cpuSeconds: number;
  readonly memoryMiB: number;
}

/** Reads the usage of a container from an engine's API socket, which docker and podman have in common. */
export class EngineStatistics {
  public constructor(
    private readonly socketPath: string,
    private readonly id: string,
  ) {}

  /** Undefined if the engine does not report it, or the container has exited. */
  public async read(): Promise<ReportedUsage | undefined> {
    const json = await this.request().catch(() => undefined);
    return json === undefined ? undefined : parseStatistics(json);
  }

  private async request(): Promise<string> {
    const path = `/containers/${this.id}/stats?stream=false&one-shot=true`;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ socketPath: this.socketPath, path, signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MILLIS) }, resolve).once('error', reject);
    });
    return text(response);
  }
}

interface EngineStatsResponse {
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly memory_stats?: {
    readonly usage?: number;
    readonly stats?: { readonly inactive_file?: number; readonly total_inactive_file?: number };
  };
}

/** Parses the response to `GET /containers/<id>/stats`: https://docs.docker.com/reference/api/engine/ */
export function parseStatistics(json: string): ReportedUsage | undefined {
  const { cpu_stats: cpu, memory_stats: memory } = parseJson(json);
  const nanos = cpu?.cpu_usage?.total_usage;
  if (nanos === undefined || memory?.usage === undefined) return undefined;
  const fileCacheBytes = memory.stats?.inactive_file ?? memory.stats?.total_inactive_file ?? 0;
  return { cpuSeconds: nanos / 1e9, memoryMiB: (memory.usage - fileCacheBytes) / BYTES_PER_MEBIBYTE };
}

function parseJson(json: string): EngineStatsResponse {
  try {
    return JSON.parse(json) as EngineStatsResponse;
  } catch {
    return {};
  }
}
