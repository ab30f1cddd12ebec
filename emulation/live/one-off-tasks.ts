import type { TaskProgram } from '../../rehearsal/fleet/local-tasks';
import { formatExit, type TaskExit, type TaskHandle } from '../../rehearsal/task-runtime/task-runtime';
import { SeededRandom } from '../../src/math/seeded-random';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import type { Clock } from '../../src/time/clock';
import type { AwsObject } from '../front/aws-call';
import { number, structures } from '../front/aws-call';
import { newTaskArn, STOPPED_TASK_MILLIS, setStatus, type TaskRecord } from './live-task-records';
import { shortName } from './resource-names';
import type { TaskDefinitionRecord } from './service-records';
import type { TaskLogs } from './task-logs';

/** What a call of `RunTask` requests. */
export interface OneOffRequest {
  readonly region: string;
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly taskDefinition: TaskDefinitionRecord;
  readonly overrides: AwsObject;
  readonly group?: string;
  readonly startedBy?: string;
  readonly launchType: string;
  readonly tags?: AwsObject['tags'];
}

interface OneOffTask {
  readonly record: TaskRecord;
  handle?: TaskHandle;
}

/** What ECS waits for between SIGTERM and SIGKILL unless the container definition says otherwise. */
const DEFAULT_STOP_TIMEOUT_SECONDS = 30;

const SEED = 1;

/** What one-off tasks run on. */
export interface OneOffTaskParts {
  readonly clock: Clock;
  readonly programOf: (taskDefinition: TaskDefinitionRecord, overrides: AwsObject) => Promise<TaskProgram>;
  readonly logs: TaskLogs;
  /** Called with a line about each task that has failed. */
  readonly onFailure: (line: string) => void;
}

/** Tasks that `RunTask` has launched. They run once, and end by themselves or by `StopTask`. */
export class OneOffTasks {
  private readonly tasks = new Set<OneOffTask>();
  private readonly random = new SeededRandom(SEED);

  public constructor(private readonly parts: OneOffTaskParts) {}

  /** The tasks that ECS reports, also those that have stopped within the last hour. */
  public get all(): readonly TaskRecord[] {
    return [...this.tasks].map(({ record }) => record);
  }

  /** Launches a task. It starts after the time that Fargate needs, on the clock of the emulation. */
  public run(request: OneOffRequest): TaskRecord {
    const { taskDefinition, overrides } = request;
    const record: TaskRecord = {
      arn: newTaskArn(request.region, request.clusterName),
      clusterArn: request.clusterArn,
      taskDefinition,
      group: request.group ?? `family:${taskDefinition.family}`,
      startedBy: request.startedBy,
      launchType: request.launchType,
      zone: `${request.region}a`,
      overrides,
      tags: request.tags,
      createdAt: new Date(),
      status: 'PROVISIONING',
    };
    const task: OneOffTask = { record };
    this.removeOld();
    this.tasks.add(task);
    const program = this.parts.programOf(taskDefinition, overrides);
    // it is awaited later, or never if the task is stopped before.
    program.catch(() => {});
    this.parts.clock.after(this.random.lognormal(AWS_BEHAVIOR.provisioningSeconds), () => {
      if (record.status !== 'PROVISIONING') return;
      setStatus(record, 'PENDING');
      void this.start(task, program);
    });
    return record;
  }

  /** `StopTask`: the task, or undefined if there is none with this ARN. */
  public stop(idOrArn: string, reason: string): TaskRecord | undefined {
    const id = shortName(idOrArn);
    const task = [...this.tasks].find(({ record: { arn } }) => shortName(arn) === id);
    if (task === undefined) return undefined;
    const { record, handle } = task;
    if (record.status === 'STOPPED') return record;
    record.stopReason ??= { stopCode: 'UserInitiated', stoppedReason: reason };
    setStatus(record, handle === undefined ? 'STOPPED' : 'STOPPING');
    void handle?.stop(stopTimeoutOf(record));
    return record;
  }

  private async start(task: OneOffTask, program: Promise<TaskProgram>): Promise<void> {
    const { record } = task;
    try {
      const { runtime } = await program;
      const handle = await runtime.run();
      task.handle = handle;
      handle.onOutput = (text) => this.parts.logs.write(record, text);
      record.port = handle.port;
      // it may have been stopped while it was being started.
      if (record.status === 'STOPPED') handle.kill();
      else setStatus(record, 'RUNNING');
      const exit = await handle.exited;
      record.exit = exit;
      this.parts.logs.end(record);
      // the exit of a task that was stopped is no failure.
      if (exit.code !== 0 && record.stopReason === undefined) this.parts.onFailure(failureLine(record, exit));
      record.stopReason ??= { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' };
    } catch (error) {
      record.stopReason ??= { stopCode: 'TaskFailedToStart', stoppedReason: `CannotStartContainerError: ${(error as Error).message}` };
    }
    setStatus(record, 'STOPPED');
  }

  private removeOld(): void {
    const oldestMillis = Date.now() - STOPPED_TASK_MILLIS;
    for (const task of this.tasks) {
      const { stoppedAt } = task.record;
      if (stoppedAt !== undefined && stoppedAt.getTime() < oldestMillis) this.tasks.delete(task);
    }
  }
}

/** Its last lines are what a load test writes its results as, or the message of an error. */
function failureLine({ taskDefinition: { family } }: TaskRecord, exit: TaskExit): string {
  const lines = exit.lastOutput.trim().split('\n').slice(-LAST_LINES);
  return [`${family}: a task ended with ${formatExit(exit)}`, ...lines.map((line) => `  ${line.slice(0, MAX_LINE_LENGTH)}`)].join('\n');
}

const LAST_LINES = 3;
const MAX_LINE_LENGTH = 600;

function stopTimeoutOf({ taskDefinition: { settings } }: TaskRecord): number {
  return number(structures(settings.containerDefinitions)[0]?.stopTimeout) ?? DEFAULT_STOP_TIMEOUT_SECONDS;
}
