import { faultInWords, type Fault as ScenarioFault } from '../scenario/fault';
import { inSeconds } from './duration-in-seconds';
import type {
  FaultOptions,
  LastingFaultOptions,
  LastingTaskFaultOptions,
  SlowDependencyOptions,
  SlowTaskOptions,
  TaskFaultOptions,
} from './fault-options';

/**
 * Something that goes wrong while the traffic goes on, or is done to the service.
 *
 * @example
 *
 * const faults = [
 *   Fault.stopTask({ at: Duration.minutes(10) }),
 *   Fault.loseZone({ at: Duration.minutes(20), duration: Duration.minutes(5) }),
 * ];
 */
export class Fault {
  /**
   * Tasks are stopped by hand: they are taken out of the load balancer, told to stop, and replaced.
   */
  public static stopTask(options: TaskFaultOptions): Fault {
    return new Fault({ kind: 'stop-task', ...tasksOf(options) });
  }

  /**
   * Tasks end from one moment to the next, with every request that they work on, and are replaced.
   */
  public static killTask(options: TaskFaultOptions): Fault {
    return new Fault({ kind: 'kill-task', ...tasksOf(options) });
  }

  /**
   * Tasks run out of memory, and ECS ends them.
   */
  public static fillMemory(options: TaskFaultOptions): Fault {
    return new Fault({ kind: 'fill-memory', ...tasksOf(options) });
  }

  /**
   * Tasks keep their connections and answer nothing, until they fail their health checks or wake up again.
   */
  public static freezeTask(options: LastingTaskFaultOptions): Fault {
    return new Fault({ kind: 'freeze-task', ...tasksOf(options), durationSeconds: inSeconds(options.duration) });
  }

  /**
   * Tasks fail their health checks, though they serve as well as ever.
   */
  public static failHealthCheck(options: LastingTaskFaultOptions): Fault {
    return new Fault({ kind: 'fail-health-check', ...tasksOf(options), durationSeconds: inSeconds(options.duration) });
  }

  /**
   * Tasks need more CPU for each request than they should.
   */
  public static slowTask(options: SlowTaskOptions): Fault {
    const speedShare = (options.speedPercent ?? DEFAULT_SPEED_PERCENT) / 100;
    return new Fault({ kind: 'slow-task', ...tasksOf(options), durationSeconds: inSeconds(options.duration), speedShare });
  }

  /**
   * Every task that starts meanwhile ends at once.
   */
  public static crashAtStart(options: LastingFaultOptions): Fault {
    return new Fault({ kind: 'crash-at-start', ...lastingOf(options) });
  }

  /**
   * One availability zone is lost with every task in it, and no task starts there meanwhile.
   */
  public static loseZone(options: LastingFaultOptions): Fault {
    return new Fault({ kind: 'lose-zone', ...lastingOf(options) });
  }

  /**
   * A system that the service asks answers late.
   */
  public static slowDependency(options: SlowDependencyOptions): Fault {
    return new Fault({ kind: 'slow-dependency', ...lastingOf(options), addedSeconds: inSeconds(options.addedLatency) });
  }

  /**
   * A new version is deployed, and works.
   */
  public static deploy(options: FaultOptions): Fault {
    return new Fault({ kind: 'deploy', atSeconds: inSeconds(options.at) });
  }

  /**
   * A new version is deployed whose tasks fail: with a circuit breaker it is rolled back.
   */
  public static badDeployment(options: FaultOptions): Fault {
    return new Fault({ kind: 'bad-deployment', atSeconds: inSeconds(options.at) });
  }

  private constructor(private readonly fault: ScenarioFault) {}

  /**
   * The fault in a few words, without its time.
   */
  public toString(): string {
    return faultInWords(this.fault);
  }

  /**
   * The fault as a scenario has it.
   *
   * @internal
   */
  public _fault(): ScenarioFault {
    return this.fault;
  }
}

const DEFAULT_SPEED_PERCENT = 50;

function tasksOf({ at, count }: TaskFaultOptions): { atSeconds: number; count: number } {
  return { atSeconds: inSeconds(at), count: count ?? 1 };
}

function lastingOf({ at, duration }: LastingFaultOptions): { atSeconds: number; durationSeconds: number } {
  return { atSeconds: inSeconds(at), durationSeconds: inSeconds(duration) };
}
