import { type AwsObject, RefusedCall, structure, structures, text } from '../front/aws-call';
import type { ControlPlaneClient } from '../front/control-plane-client';
import type { TaskRecord } from './live-task-records';
import { shortName } from './resource-names';

/** Where a container writes its logs. */
interface LogStream {
  readonly region: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly createsGroup: boolean;
}

interface LogLine {
  readonly timestamp: number;
  readonly message: string;
}

/** Lines that have not been sent yet. */
interface PendingLines {
  readonly lines: LogLine[];
  /** The end of the output, which is no whole line yet. */
  rest: string;
  sending?: Promise<void>;
}

/** The most lines of one call; CloudWatch Logs takes 10,000, and the control plane reads them while it answers others. */
const MAX_LINES = 1000;

/** The most lines of a task that wait to be sent: of more, the newest are left out. */
const MAX_PENDING_LINES = 20 * MAX_LINES;

/** Sends what tasks write to CloudWatch Logs, as the log driver `awslogs` does. */
export class TaskLogs {
  private readonly pending = new Map<TaskRecord, PendingLines>();

  /** @param containerNameOf finds the container of a task whose program runs. */
  public constructor(
    private readonly controlPlane: ControlPlaneClient,
    private readonly containerNameOf: (task: TaskRecord) => string,
  ) {}

  /** A task has written something. */
  public write(task: TaskRecord, output: string): void {
    const stream = streamOf(task, this.containerNameOf(task));
    if (stream === undefined) return;
    const pending = this.pending.get(task) ?? { lines: [], rest: '' };
    this.pending.set(task, pending);
    const lines = `${pending.rest}${output}`.split('\n');
    pending.rest = lines.pop()!;
    // the driver sends no empty line.
    const timestamp = Date.now();
    const messages = lines.map((line) => line.replace(/\r$/, '')).filter((line) => line !== '');
    pending.lines.push(...messages.slice(0, MAX_PENDING_LINES - pending.lines.length).map((message) => ({ timestamp, message })));
    pending.sending ??= this.send(stream, pending).finally(() => {
      pending.sending = undefined;
    });
  }

  /** A task has stopped: the end of its output is a line, whether it has a line end or not. */
  public end(task: TaskRecord): void {
    if ((this.pending.get(task)?.rest ?? '') !== '') this.write(task, '\n');
    this.pending.delete(task);
  }

  private async send(stream: LogStream, { lines }: PendingLines): Promise<void> {
    const { region, logGroupName, logStreamName } = stream;
    try {
      await this.create(stream);
      while (lines.length > 0) {
        const logEvents = lines.splice(0, MAX_LINES).map(({ timestamp, message }) => ({ timestamp, message }));
        await this.controlPlane.call('logs', region, 'PutLogEvents', { logGroupName, logStreamName, logEvents });
      }
    } catch (error) {
      // the group may have been deleted, with the stack; the emulation may have ended.
      lines.length = 0;
      if (!(error instanceof RefusedCall) && !isConnectionError(error)) throw error;
    }
  }

  private async create({ region, logGroupName, logStreamName, createsGroup }: LogStream): Promise<void> {
    if (createsGroup) await this.callUnlessExists(region, 'CreateLogGroup', { logGroupName });
    await this.callUnlessExists(region, 'CreateLogStream', { logGroupName, logStreamName });
  }

  private async callUnlessExists(region: string, operation: string, input: AwsObject): Promise<void> {
    await this.controlPlane.call('logs', region, operation, input).catch((error: unknown) => {
      if (!(error instanceof RefusedCall && error.message.includes('ResourceAlreadyExists'))) throw error;
    });
  }
}

function isConnectionError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).code === 'string';
}

/** The stream that ECS names for a container; undefined with another log driver. */
function streamOf({ arn, taskDefinition }: TaskRecord, containerName: string): LogStream | undefined {
  const container = structures(taskDefinition.settings.containerDefinitions).find(({ name }) => name === containerName);
  const { logDriver, options } = structure(container?.logConfiguration);
  const settings = structure(options);
  const logGroupName = text(settings['awslogs-group']);
  if (logDriver !== 'awslogs' || logGroupName === undefined) return undefined;
  const prefix = text(settings['awslogs-stream-prefix']);
  const taskId = shortName(arn);
  return {
    region: text(settings['awslogs-region']) ?? arn.split(':')[3]!,
    logGroupName,
    logStreamName: prefix === undefined ? taskId : `${prefix}/${containerName}/${taskId}`,
    createsGroup: String(settings['awslogs-create-group']) === 'true',
  };
}
