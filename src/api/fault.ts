import type { Duration } from 'aws-cdk-lib';
import { formatFault, parseFault } from '../faults/fault-grammar';
import type { Fault as ScenarioFault } from '../faults/fault-kinds';
import { checkTypes, DURATION, inSeconds, NUMBER, type OptionTypes, optional, optionsOf, STRING } from './argument-types';

/**
 * A fault, or a deployment, while the traffic lasts.
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
   * Tasks are stopped as with `StopTask`: they are deregistered, get SIGTERM, and are replaced.
   */
  public static stopTask(options: TaskFaultOptions): Fault {
    checkTypes('Fault.stopTask', options, TASK_FAULT_OPTIONS);
    return new Fault({ kind: 'stop-task', ...taskFields(options) });
  }

  /**
   * Tasks exit at once as with SIGKILL. Their requests fail, and the tasks are replaced.
   */
  public static killTask(options: TaskFaultOptions): Fault {
    checkTypes('Fault.killTask', options, TASK_FAULT_OPTIONS);
    return new Fault({ kind: 'kill-task', ...taskFields(options) });
  }

  /**
   * AWS takes the Spot capacity of tasks back. On Fargate Spot a task gets SIGTERM with the notice; an instance of a group ends two minutes after it.
   */
  public static interruptSpot(options: TaskFaultOptions): Fault {
    checkTypes('Fault.interruptSpot', options, TASK_FAULT_OPTIONS);
    return new Fault({ kind: 'interrupt-spot', ...taskFields(options) });
  }

  /**
   * Tasks run out of memory and are killed.
   */
  public static exhaustMemory(options: TaskFaultOptions): Fault {
    checkTypes('Fault.exhaustMemory', options, TASK_FAULT_OPTIONS);
    return new Fault({ kind: 'exhaust-memory', ...taskFields(options) });
  }

  /**
   * Tasks keep their connections and do not respond, until the fault ends or they fail their health checks.
   */
  public static pauseTask(options: LastingTaskFaultOptions): Fault {
    checkTypes('Fault.pauseTask', options, LASTING_TASK_FAULT_OPTIONS);
    return new Fault({ kind: 'pause-task', ...taskFields(options), durationSeconds: inSeconds(options.duration) });
  }

  /**
   * Tasks fail their health checks but serve requests.
   */
  public static failHealthCheck(options: LastingTaskFaultOptions): Fault {
    checkTypes('Fault.failHealthCheck', options, LASTING_TASK_FAULT_OPTIONS);
    return new Fault({ kind: 'fail-health-check', ...taskFields(options), durationSeconds: inSeconds(options.duration) });
  }

  /**
   * Tasks need more CPU for each request.
   *
   * @param speedPercent the remaining speed in percent: at 50 a request takes twice the CPU. Above 0, at most 100.
   */
  public static slowTask(speedPercent: number, options: LastingTaskFaultOptions): Fault {
    checkTypes('Fault.slowTask', { speedPercent, options }, { speedPercent: NUMBER, options: optionsOf(LASTING_TASK_FAULT_OPTIONS) });
    const relativeSpeed = speedPercent / 100;
    return new Fault({ kind: 'slow-task', ...taskFields(options), durationSeconds: inSeconds(options.duration), relativeSpeed });
  }

  /**
   * Every task that starts exits at once.
   */
  public static crashAtStart(options: LastingFaultOptions): Fault {
    checkTypes('Fault.crashAtStart', options, LASTING_FAULT_OPTIONS);
    return new Fault({ kind: 'crash-at-start', ...lastingFields(options) });
  }

  /**
   * An Availability Zone is lost with every task in it, and no task starts there.
   */
  public static loseZone(options: LastingFaultOptions): Fault {
    checkTypes('Fault.loseZone', options, LASTING_FAULT_OPTIONS);
    return new Fault({ kind: 'lose-zone', ...lastingFields(options) });
  }

  /**
   * A dependency of the service responds late.
   *
   * @param addedLatency the time that each request waits longer, without CPU; above 0.
   */
  public static slowDependency(addedLatency: Duration, options: LastingFaultOptions): Fault {
    checkTypes('Fault.slowDependency', { addedLatency, options }, { addedLatency: DURATION, options: optionsOf(LASTING_FAULT_OPTIONS) });
    return new Fault({ kind: 'slow-dependency', ...lastingFields(options), addedSeconds: inSeconds(addedLatency) });
  }

  /**
   * A new revision is deployed.
   *
   * @param at when, from the start of the traffic; before its end.
   */
  public static deploy(at: Duration): Fault {
    checkTypes('Fault.deploy', { at }, { at: DURATION });
    return new Fault({ kind: 'deploy', atSeconds: inSeconds(at) });
  }

  /**
   * A deployment that is paused by a lifecycle hook continues: `ContinueServiceDeployment` with the action `CONTINUE`.
   *
   * All pauses that wait at that time continue. If there is none, only an event reports that.
   *
   * @param at when, from the start of the traffic; before its end.
   */
  public static continueDeployment(at: Duration): Fault {
    checkTypes('Fault.continueDeployment', { at }, { at: DURATION });
    return new Fault({ kind: 'continue-deployment', atSeconds: inSeconds(at) });
  }

  /**
   * A deployment that is paused or in progress is rolled back: `ContinueServiceDeployment` with the action `ROLLBACK`, or
   * `StopServiceDeployment`.
   *
   * @param at when, from the start of the traffic; before its end.
   */
  public static rollbackDeployment(at: Duration): Fault {
    checkTypes('Fault.rollbackDeployment', { at }, { at: DURATION });
    return new Fault({ kind: 'rollback-deployment', atSeconds: inSeconds(at) });
  }

  /**
   * A new revision is deployed whose tasks fail: the circuit breaker rolls it back.
   *
   * @param at when, from the start of the traffic; before its end.
   */
  public static badDeployment(at: Duration): Fault {
    checkTypes('Fault.badDeployment', { at }, { at: DURATION });
    return new Fault({ kind: 'bad-deployment', atSeconds: inSeconds(at) });
  }

  /**
   * A fault in the grammar of `--fault`, such as `stop 1 at 10m`, `pause 2 at 10m for 90s` or `slow dependency by 200ms at 5m for 2m`.
   *
   * Throws an error for a text that is not in the grammar, and for each number that is out of range.
   *
   * @param text the fault.
   */
  public static parse(text: string): Fault {
    checkTypes('Fault.parse', { text }, { text: STRING });
    return new Fault(parseFault(text));
  }

  private constructor(private readonly fault: ScenarioFault) {}

  /**
   * The fault as text, without its time.
   */
  public toString(): string {
    return formatFault(this.fault);
  }

  /**
   * @internal
   */
  public _fault(): ScenarioFault {
    return this.fault;
  }
}

function taskFields({ at, count }: TaskFaultOptions): { atSeconds: number; count: number } {
  return { atSeconds: inSeconds(at), count: count ?? 1 };
}

function lastingFields({ at, duration }: LastingFaultOptions): { atSeconds: number; durationSeconds: number } {
  return { atSeconds: inSeconds(at), durationSeconds: inSeconds(duration) };
}

/**
 * A fault of some tasks.
 */
export interface TaskFaultOptions {
  /**
   * When, from the start of the traffic; before its end.
   */
  readonly at: Duration;

  /**
   * The number of healthy tasks, the oldest first; all if there are fewer.
   *
   * @default 1
   */
  readonly count?: number;
}

/**
 * A fault of some tasks that lasts.
 */
export interface LastingTaskFaultOptions extends TaskFaultOptions {
  /**
   * How long it lasts; above 0.
   */
  readonly duration: Duration;
}

/**
 * A fault that lasts.
 */
export interface LastingFaultOptions {
  /**
   * When, from the start of the traffic; before its end.
   */
  readonly at: Duration;

  /**
   * How long it lasts; above 0.
   */
  readonly duration: Duration;
}

const TASK_FAULT_OPTIONS: OptionTypes<TaskFaultOptions> = { at: DURATION, count: optional(NUMBER) };
const LASTING_FAULT_OPTIONS: OptionTypes<LastingFaultOptions> = { at: DURATION, duration: DURATION };
const LASTING_TASK_FAULT_OPTIONS: OptionTypes<LastingTaskFaultOptions> = { ...TASK_FAULT_OPTIONS, duration: DURATION };
