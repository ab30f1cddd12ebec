import type { LocalFleet } from '../../rehearsal/fleet/local-fleet';
import type { LocalTask } from '../../rehearsal/fleet/local-task';
import type { TaskFault } from '../../src/faults/fault-kinds';
import type { FleetCounters } from '../../src/metrics/fleet-counters';
import { measureSignals } from '../../src/metrics/metric';
import type { CountingRules } from '../../src/metrics/signals';
import { type TaskSize, vcpuOf } from '../../src/plan/task-size';
import type { LiveTask, LiveTaskState, LiveValues } from '../live-view/live-state';

/** The counters of a task at one moment, and its rates since the sample before. */
interface TaskSample {
  readonly cpuSeconds: number;
  readonly runningWallSeconds: number;
  readonly servedRequests: number;
  readonly cpuPercent?: number;
  readonly servedRequestsPerSecond?: number;
}

const EMPTY_SAMPLE: TaskSample = { cpuSeconds: 0, runningWallSeconds: 0, servedRequests: 0 };

/** The tasks of a rehearsal as the live view shows them. */
export class TaskSampler {
  private readonly samples = new WeakMap<LocalTask, TaskSample>();
  private previousCounters?: FleetCounters;

  public constructor(
    private readonly size: TaskSize,
    private readonly countingRules: CountingRules,
  ) {}

  /** Samples the counters of all tasks and the fleet. Returns the signals since the last sample. */
  public sample(fleet: LocalFleet): LiveValues {
    for (const task of fleet.tasks.all) this.sampleTask(task);
    const { previousCounters } = this;
    const counters = fleet.counters;
    this.previousCounters = counters;
    return previousCounters === undefined ? {} : measureSignals(previousCounters, counters, this.countingRules);
  }

  /** The current tasks. */
  public tasksOf(fleet: LocalFleet): readonly LiveTask[] {
    return fleet.tasks.all.map((task) => ({
      id: `${task.number}`,
      state: liveStateOf(task),
      zone: 'abcdefgh'[task.zone],
      revision: `${task.revision + 1}`,
      ageSeconds: task.billedSecondsNow,
      cpuPercent: this.samples.get(task)?.cpuPercent,
      servedRequestsPerSecond: this.samples.get(task)?.servedRequestsPerSecond,
      memoryPercent: memoryPercent(task, this.size),
      waitingRequests: task.hasStarted ? task.inFlightRequests : undefined,
      longestWaitSeconds: task.hasStarted ? task.longestWaitSeconds : undefined,
      activeFaults: activeFaultsOf(task),
    }));
  }

  private sampleTask(task: LocalTask): void {
    const { cpuSeconds, runningWallSeconds, servedRequests } = task;
    const previous = this.samples.get(task) ?? EMPTY_SAMPLE;
    const elapsedSeconds = runningWallSeconds - previous.runningWallSeconds;
    if (elapsedSeconds === 0) return;
    const cpuPercent = (100 * (cpuSeconds - previous.cpuSeconds)) / elapsedSeconds / vcpuOf(this.size);
    this.samples.set(task, {
      cpuSeconds,
      runningWallSeconds,
      servedRequests,
      cpuPercent,
      servedRequestsPerSecond: (servedRequests - previous.servedRequests) / elapsedSeconds,
    });
  }
}

function memoryPercent({ memoryMiB }: LocalTask, size: TaskSize): number | undefined {
  return memoryMiB === undefined ? undefined : (100 * memoryMiB) / size.memoryMiB;
}

function activeFaultsOf({ pauseFaultCount, relativeSpeed, healthCheckFaultCount, isExhaustingMemory }: LocalTask): TaskFault['kind'][] {
  return [
    ...(pauseFaultCount > 0 ? ['pause-task' as const] : []),
    ...(relativeSpeed < 1 ? ['slow-task' as const] : []),
    ...(healthCheckFaultCount > 0 ? ['fail-health-check' as const] : []),
    ...(isExhaustingMemory ? ['exhaust-memory' as const] : []),
  ];
}

function liveStateOf(task: LocalTask): LiveTaskState {
  switch (task.status) {
    case 'PROVISIONING':
    case 'PENDING':
      return 'launching';
    case 'RUNNING':
      if (task.pauseFaultCount > 0) return 'paused';
      if (task.isHealthy) return 'healthy';
      return task.hasBeenHealthy ? 'unhealthy' : 'starting';
    case 'DEACTIVATING':
      return 'draining';
    case 'STOPPING':
    // a fleet does not list stopped tasks.
    case 'STOPPED':
      return 'stopping';
  }
}
