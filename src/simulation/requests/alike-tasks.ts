import { SortedTasks } from '../../ecs/sorted-tasks';
import type { SimulatedTask } from '../tasks/simulated-task';

/** Tasks that get the same share of the requests, treat them alike, and have equally many in flight. */
export class AlikeTasks {
  public readonly tasks = new SortedTasks<SimulatedTask>();
  public readonly isRegistered: boolean;
  public readonly isHealthy: boolean;
  public readonly isListening: boolean;
  public readonly isPaused: boolean;
  /** Whether ECS has not begun to stop the tasks. */
  public readonly isActive: boolean;
  public readonly trafficShare: number;
  public readonly relativeSpeed: number;
  private slowStartAtSeconds: number | undefined;
  /** Whether one of the tasks takes longer to respond than the health check timeout. */
  public isOverloaded: boolean;
  /** Whether others have equally many requests in flight at each task. */
  public hasEqualCount = false;

  /** @param inFlightPerTask requests in flight at one of the tasks. */
  public constructor(
    first: SimulatedTask,
    public inFlightPerTask: number,
  ) {
    this.isRegistered = first.isRegistered;
    this.isHealthy = first.isHealthy;
    this.isListening = first.isListening;
    this.isPaused = first.isPaused;
    this.isActive = first.isActive;
    this.trafficShare = first.trafficShare;
    this.relativeSpeed = first.relativeSpeed;
    this.slowStartAtSeconds = first.slowStartedAtSeconds;
    this.isOverloaded = first.isOverloaded;
    this.tasks.add(first);
  }

  public get count(): number {
    return this.tasks.count;
  }

  /** When the slow start of the tasks began; undefined outside of slow start. */
  public get slowStartedAtSeconds(): number | undefined {
    return this.slowStartAtSeconds;
  }

  public endSlowStart(): void {
    this.slowStartAtSeconds = undefined;
    for (const task of this.tasks.all) task.update({ slowStartedAtSeconds: undefined });
  }

  /** Whether the tasks are targets of a target group that gets traffic. */
  public get areTargets(): boolean {
    return this.isRegistered && this.trafficShare > 0;
  }

  /** Whether a task with this number of requests in flight belongs to these tasks. */
  public includes(task: SimulatedTask, inFlightRequests: number): boolean {
    return this.inFlightPerTask === inFlightRequests && areTreatedAlike(this, task);
  }

  /** Whether others have become like these tasks. */
  public isLike(other: AlikeTasks): boolean {
    return this.inFlightPerTask === other.inFlightPerTask && areTreatedAlike(this, other);
  }
}

/** What decides how many requests tasks get, and what becomes of them. */
type RequestTreatment = Pick<
  SimulatedTask,
  | 'isOverloaded'
  | 'isHealthy'
  | 'isListening'
  | 'isActive'
  | 'isRegistered'
  | 'isPaused'
  | 'trafficShare'
  | 'relativeSpeed'
  | 'slowStartedAtSeconds'
>;

function areTreatedAlike(one: RequestTreatment, other: RequestTreatment): boolean {
  return (
    one.isOverloaded === other.isOverloaded &&
    one.isHealthy === other.isHealthy &&
    one.isListening === other.isListening &&
    one.isActive === other.isActive &&
    one.isRegistered === other.isRegistered &&
    one.isPaused === other.isPaused &&
    one.trafficShare === other.trafficShare &&
    one.relativeSpeed === other.relativeSpeed &&
    one.slowStartedAtSeconds === other.slowStartedAtSeconds
  );
}
