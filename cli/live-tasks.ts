import { type TaskSize, vcpuOf } from '../src/plan/task-size';
import type { FleetCounters } from '../src/scaling/fleet';
import { measure } from '../src/scaling/measurement';
import type { TaskFault } from '../src/scenario/fault';
import type { LiveReading, LiveTask, LiveTaskState } from './live/live-state';
import type { FleetTask } from './rehearsal/fleet/fleet-task';
import type { RehearsedFleet } from './rehearsal/fleet/rehearsed-fleet';

/** What a task had used when it was looked at last, and what it uses since. */
interface Use {
  readonly cpuSeconds: number;
  readonly ranSeconds: number;
  readonly answeredRequests: number;
  readonly cpuPercent?: number;
  readonly requestsPerSecond?: number;
}

const NOTHING_USED: Use = { cpuSeconds: 0, ranSeconds: 0, answeredRequests: 0 };

/** The tasks of a rehearsal as a live view shows them. */
export class LiveTasks {
  private readonly uses = new WeakMap<FleetTask, Use>();
  private before?: FleetCounters;

  public constructor(private readonly size: TaskSize) {}

  /** Looks at what all tasks use; returns the signals of the stretch since the last look. */
  public read(fleet: RehearsedFleet): LiveReading {
    for (const task of fleet.tasks) this.look(task);
    const { before } = this;
    const counters = fleet.counters;
    this.before = counters;
    if (before === undefined) return {};
    return {
      cpuUtilizationPercent: measure({ metric: 'ECSServiceAverageCPUUtilization' }, before, counters),
      memoryUtilizationPercent: measure({ metric: 'ECSServiceAverageMemoryUtilization' }, before, counters),
      requestCountPerTarget: measure({ metric: 'ALBRequestCountPerTarget' }, before, counters),
    };
  }

  /** The tasks that are there now. */
  public of(fleet: RehearsedFleet): readonly LiveTask[] {
    return fleet.tasks.map((task) => ({
      id: `${task.number}`,
      state: stateOf(task),
      zone: 'abcdefgh'[task.zone],
      revision: `${task.revision + 1}`,
      ageSeconds: task.paidSeconds,
      cpuPercent: this.uses.get(task)?.cpuPercent,
      requestsPerSecond: this.uses.get(task)?.requestsPerSecond,
      memoryPercent: memoryPercent(task, this.size),
      waitingRequests: task.rehearsed?.inFlightRequests,
      longestWaitSeconds: task.rehearsed?.longestWaitSeconds,
      befallenBy: faultsOf(task),
    }));
  }

  private look(task: FleetTask): void {
    const { rehearsed } = task;
    if (rehearsed === undefined) return;
    const { cpuSeconds, ranSeconds, answeredRequests } = rehearsed;
    const last = this.uses.get(task) ?? NOTHING_USED;
    const ran = ranSeconds - last.ranSeconds;
    if (ran === 0) return;
    const cpuPercent = (100 * (cpuSeconds - last.cpuSeconds)) / ran / vcpuOf(this.size);
    this.uses.set(task, {
      cpuSeconds,
      ranSeconds,
      answeredRequests,
      cpuPercent,
      requestsPerSecond: (answeredRequests - last.answeredRequests) / ran,
    });
  }
}

function memoryPercent({ rehearsed }: FleetTask, { memoryMiB }: TaskSize): number | undefined {
  const used = rehearsed?.memoryMiB;
  return used === undefined ? undefined : (100 * used) / memoryMiB;
}

function faultsOf({ freezes, speedShare, checkFailures, isFilled }: FleetTask): TaskFault['kind'][] {
  return [
    ...(freezes > 0 ? ['freeze-task' as const] : []),
    ...(speedShare < 1 ? ['slow-task' as const] : []),
    ...(checkFailures > 0 ? ['fail-health-check' as const] : []),
    ...(isFilled ? ['fill-memory' as const] : []),
  ];
}

function stateOf(task: FleetTask): LiveTaskState {
  switch (task.station) {
    case 'waiting':
    case 'launching':
      return 'launching';
    case 'running':
      if (task.freezes > 0) return 'frozen';
      if (task.isHealthy) return 'healthy';
      return task.wasHealthy ? 'unhealthy' : 'starting';
    case 'draining':
      return 'draining';
    case 'stopping':
    // a fleet lists none that are gone.
    case 'gone':
      return 'stopping';
  }
}
