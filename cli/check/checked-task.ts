import { setTimeout as delay } from 'node:timers/promises';
import type { ProgressStep } from '../../rehearsal/progress-step';
import type { TaskHandle, TaskRunOptions, TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import { formatExit, type TaskExit } from '../../rehearsal/task-runtime/task-runtime';
import type { Plan } from '../../src/plan/service-plan';
import { type RecognizedServer, recognizeServer } from '../../src/servers/known-servers';
import type { ContainerImage, InspectedImage } from './container-image';
import { type ServerAdvice, serverAdvice } from './server-advice';
import { librariesOf, processesOfGroup, type ServerProcess } from './server-evidence';
import { programName } from './signal-handlers';
import { TaskConnection } from './task-connection';

/** What is checked, and how thoroughly. */
export interface CheckOptions {
  readonly plan: Plan;
  /** The folder of the program of the task on this machine, if it runs from one. */
  readonly folder?: string;
  /** The paths that are requested, in turn. */
  readonly paths: readonly string[];
  readonly image: ContainerImage;
  /** The image that the task runs; left out if the task is a process. */
  readonly inspectedImage?: InspectedImage;
  /**
   * A path whose response takes more than 0.3 s, which is requested when the task is stopped.
   *
   * @default - the slowest of `paths`, if it takes that long
   */
  readonly slowPath?: string;
  /** Whether to wait for the whole idle timeout of the load balancer. */
  readonly isThorough: boolean;
}

/** The exit of a task is reported within this time after that of its connections, also on a busy machine. */
const MAX_EXIT_REPORT_MILLIS = 2000;

/** As an Application Load Balancer sends its health checks. */
const HEALTH_CHECK_HEADERS = 'User-Agent: ELB-HealthChecker/2.0\r\nConnection: close\r\n';

/** The task that is checked, and its state after the checks so far. */
export class CheckedTask {
  private readonly startedAtMillis = performance.now();
  /** Seconds from its start until its port was open; undefined before. */
  public listensAfterSeconds?: number;
  /** True once a health check has passed. */
  public hasBeenHealthy = false;
  /** What the current check waits for. */
  public progress: ProgressStep = { name: 'waiting for the task to start' };
  /** Opened when the task becomes healthy, and not used since. */
  public idleConnection?: TaskConnection;
  /** What the path of `--slow-path` responded last. */
  public namedPathResult?: string;
  /** The path with a slow response, and how long it took; undefined if none is known. */
  public slowPath?: { readonly path: string; readonly seconds: number };
  /** Set once the stop signal was sent. */
  public stopSent?: { readonly sentAtMillis: number; readonly exit: Promise<TaskExit> };
  /** The server, if it is in the table of known servers. */
  public knownServer?: RecognizedServer;
  /** Its processes, when it became healthy; none for a container. */
  public processes: readonly ServerProcess[] = [];
  private exitResult?: TaskExit & { readonly atMillis: number };

  private constructor(
    public readonly options: CheckOptions,
    private readonly runtime: TaskRuntime,
    public readonly handle: TaskHandle,
    /** As Unix time, to compare it with the modification times of files. */
    public readonly startedAtEpochMillis: number,
  ) {
    void handle.exited.then((exit) => {
      this.exitResult = { ...exit, atMillis: performance.now() };
    });
  }

  public static async start(options: CheckOptions, runtime: TaskRuntime): Promise<CheckedTask> {
    const startedAtEpochMillis = Date.now();
    return new CheckedTask(options, runtime, await runtime.run(), startedAtEpochMillis);
  }

  /** Starts another copy of it. */
  public startCopy(options?: TaskRunOptions): Promise<TaskHandle> {
    return this.runtime.run(options);
  }

  /** The signal that stops it. */
  public get stopSignal(): NodeJS.Signals {
    const { image, inspectedImage } = this.options;
    return image.stopSignal ?? inspectedImage?.stopSignal ?? 'SIGTERM';
  }

  /** What to type for its server, or for any if it is not known. */
  public get advice(): ServerAdvice {
    return serverAdvice(this.knownServer?.server, this.plan);
  }

  /** The name of its first program, such as `sh`; undefined for a container. */
  public get firstProgram(): string | undefined {
    return this.processes.length === 0 ? programName(this.handle.processId) : this.processes[0]!.words[0]!.split('/').at(-1);
  }

  /** Whether its port has been open. */
  public get isListening(): boolean {
    return this.listensAfterSeconds !== undefined;
  }

  /** Looks at its processes, its files and a response, and recognizes its server. */
  public recognizeServer(response: TaskConnection): void {
    this.processes = processesOfGroup(this.handle.processId);
    this.knownServer = recognizeServer({
      serverHeader: response.header('server'),
      poweredBy: response.header('x-powered-by'),
      command: this.processes.map(({ words }) => words.join(' ')).join('\n'),
      image: this.options.image.baseImage,
      libraries: librariesOf(this.processes),
    });
  }

  /** The port of this machine on which it is reached. */
  public get hostPort(): number {
    return this.handle.port;
  }

  /** Whether it runs in a container, and not as a process on this machine. */
  public get isContainer(): boolean {
    return this.options.inspectedImage !== undefined;
  }

  /** The port on which it must listen, and the value of its PORT variable: in a container the container port, which the engine maps to the host port. */
  public get portInTask(): number {
    return this.isContainer ? this.plan.container.port : this.hostPort;
  }

  public get plan(): Plan {
    return this.options.plan;
  }

  public get hasExited(): boolean {
    return this.exitResult !== undefined;
  }

  /** Whether it was killed because it exceeded its memory limit. */
  public get isOutOfMemory(): boolean {
    return this.exitResult?.isOutOfMemory === true;
  }

  /** Whether it has ended by itself without an error. */
  public get hasEndedWell(): boolean {
    return this.exitResult?.code === 0;
  }

  public get exitedAtMillis(): number | undefined {
    return this.exitResult?.atMillis;
  }

  /** Seconds since its start. */
  public get ageSeconds(): number {
    return (performance.now() - this.startedAtMillis) / 1000;
  }

  /** A message about its exit, with its last output, such as `ended with exit code 3; last output: no database`. */
  public get exitDescription(): string {
    if (this.exitResult === undefined) return 'still runs';
    return `ended with ${formatExit(this.exitResult)}${lastLines(this.exitResult.lastOutput)}`;
  }

  /** A message that it does not listen yet, with its last output. @param elsewhere where it listens instead. */
  public notListeningText(seconds: number, elsewhere = ''): string {
    return `did not listen on port ${this.portInTask}, the value of PORT, within ${seconds} s${elsewhere}${lastLines(this.handle.lastOutput)}`;
  }

  /** Returns whether it has exited, to be called after a request failed. It waits, because the exit of a task is reported a moment later than the end of its connections. */
  public async waitForExit(): Promise<boolean> {
    const timeout = new AbortController();
    await Promise.race([this.handle.exited, delay(MAX_EXIT_REPORT_MILLIS, undefined, { signal: timeout.signal }).catch(() => {})]);
    timeout.abort();
    return this.hasExited;
  }

  /** Sends a health check over a new connection. Returns why it failed; undefined if the response is 200. */
  public async healthCheckFailure(): Promise<string | undefined> {
    const { path, timeoutSeconds } = this.plan.healthCheck;
    const statusCodeOrFailure = await this.get(path, timeoutSeconds);
    return statusCodeOrFailure === 200 ? undefined : formatResponse(path, statusCodeOrFailure);
  }

  /** Where a path redirects to; undefined if that is not known. */
  public async redirectOf(path: string, timeoutSeconds: number): Promise<string | undefined> {
    const connection = new TaskConnection(this.hostPort);
    await connection.request(path, timeoutSeconds);
    connection.close();
    return connection.header('location');
  }

  /** Requests a path. Returns the status code of the response, or a string that says why there was none. */
  public async get(path: string, timeoutSeconds: number): Promise<number | string> {
    const connection = new TaskConnection(this.hostPort);
    const { response, failure } = await connection.request(path, timeoutSeconds, HEALTH_CHECK_HEADERS);
    connection.close();
    return response?.statusCode ?? failure!;
  }
}

const MAX_OUTPUT_LINES = 3;

/** The last lines of the output. If a line reports an error, only that line: the lines after it are its stack trace. */
function lastLines(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const error = lines.filter((line) => /^\w*error\b/i.test(line)).at(-1);
  const text = error ?? lines.filter(Boolean).slice(-MAX_OUTPUT_LINES).join(' | ');
  return text === '' ? '' : `; last output: ${text}`;
}

/** The result of a request, for a message. @param statusCodeOrFailure the status code of the response, or why there was none. */
export function formatResponse(path: string, statusCodeOrFailure: number | string): string {
  return typeof statusCodeOrFailure === 'number' ? `GET ${path} responded ${statusCodeOrFailure}` : `GET ${path}: ${statusCodeOrFailure}`;
}

/** Whether a string of `formatResponse` reports a 4xx response. */
export function isClientError(text: string): boolean {
  return / responded 4\d\d$/.test(text);
}
