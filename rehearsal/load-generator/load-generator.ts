import { once } from 'node:events';
import type { EventLoopUtilization } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { InputError } from '../../src/parse/input-error';
import type { Client, ClientMeasurements } from '../../src/run/client';
import type { Load } from '../../src/traffic/traffic-phases';
import { bundledProgram } from '../bundled-program';
import { percentileSeconds, type RequestCounters, RequestLog, RequestLogReader } from '../request-log/request-log';
import type { LoadCommand, LoadEvent, LoadSetup } from './load-messages';

export interface LoadGeneratorOptions {
  /** The address of a server on this machine. */
  readonly url: string;
  /** The paths that are requested, one after the other. */
  readonly paths: readonly string[];
  /**
   * The timeout for a response, and for an idle connection: that of the load balancer.
   *
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Sent with each request besides those of HTTP, each with its line end.
   *
   * @default - none
   */
  readonly headers?: string;
}

/** The result of stopping a load generator. */
export interface StopResult {
  /** Requests that still had no response after some seconds. They are counted as failed. */
  readonly unfinishedRequests: number;
}

/** Generates the traffic of a rehearsal in a thread of its own. */
export class LoadGenerator implements Client {
  private load?: Load;
  private failure?: string;
  private readonly reader: RequestLogReader;
  private stopResult?: Promise<StopResult>;

  /** Rejects if the thread exits before `stop` is called; never settles otherwise. */
  public readonly threadExited: Promise<never>;

  private constructor(
    private readonly thread: Worker,
    private readonly log: RequestLog,
  ) {
    this.threadExited = new Promise((_, reject) => {
      const rejectExit = (exit: unknown): void => {
        if (this.stopResult === undefined) reject(new Error(`the load generator ended with ${exit} before the rehearsal did`));
      };
      thread.once('error', rejectExit);
      thread.once('exit', (code) => rejectExit(`exit code ${code}`));
    });
    // avoids an unhandled rejection if no one awaits it.
    this.threadExited.catch(() => {});
    this.reader = new RequestLogReader(log);
    thread.on('message', (event: LoadEvent) => {
      if (event.kind === 'failure') this.failure = event.failure;
    });
  }

  public static async start(options: LoadGeneratorOptions): Promise<LoadGenerator> {
    assertLocalUrl(options.url);
    const memory = RequestLog.allocateMemory();
    const workerData: LoadSetup = { ...options, memory };
    const thread = new Worker(bundledProgram('load-worker'), { workerData });
    await once(thread, 'online');
    return new LoadGenerator(thread, new RequestLog(memory));
  }

  /** Why the last failed request failed. */
  public get lastFailure(): string | undefined {
    return this.failure;
  }

  /**
   * Sets the load from now on.
   *
   * @param limitRequestsPerSecond the maximum rate of requests.
   */
  public setLoad(load: Load, limitRequestsPerSecond?: number): void {
    this.load = load;
    this.send({ kind: 'set', load, limitRequestsPerSecond });
  }

  public takeMeasurements(): ClientMeasurements {
    return { users: this.users, ...this.reader.take() };
  }

  /** Creates another reader of the same requests: each reader, and `takeMeasurements`, gets all of them once. */
  public createReader(): Client {
    const reader = new RequestLogReader(this.log);
    return { takeMeasurements: () => ({ users: this.users, ...reader.take() }) };
  }

  /** How much of the traffic since the start was sent, as text; undefined if all of it was sent in time. */
  public get shortfall(): string | undefined {
    return formatShortfall(this.log.read());
  }

  /** How long its thread has been busy and idle since its start, as Node reports it. */
  public get eventLoopUtilization(): EventLoopUtilization {
    return this.thread.performance.eventLoopUtilization();
  }

  /** Stops sending, waits some seconds for the last responses, and ends the thread. `takeMeasurements` can still be called. */
  public stop(): Promise<StopResult> {
    this.stopResult ??= this.stopThread();
    return this.stopResult;
  }

  private get users(): number | undefined {
    return this.load?.kind === 'users' ? this.load.value : undefined;
  }

  private async stopThread(): Promise<StopResult> {
    const stopped = new Promise<StopResult>((resolve) => {
      this.thread.on('message', (event: LoadEvent) => {
        if (event.kind === 'stopped') resolve(event);
      });
      // a thread that has exited sends no message.
      this.thread.once('exit', () => resolve({ unfinishedRequests: 0 }));
    });
    this.send({ kind: 'stop' });
    const { unfinishedRequests } = await stopped;
    await this.thread.terminate();
    return { unfinishedRequests };
  }

  private send(command: LoadCommand): void {
    this.thread.postMessage(command);
  }
}

/** Throws an InputError unless the URL is on this machine: requests to any other could be an attack. */
function assertLocalUrl(url: string): void {
  if (new URL(url).hostname !== '127.0.0.1') {
    throw new InputError([`url must be on 127.0.0.1, got ${url}`]);
  }
}

/** If more than this share of the requests was not sent, that is reported. */
const MAX_UNSENT_SHARE = 0.05;

/** If one request in a hundred was sent later than this, that is reported. */
const MAX_LATENESS_SECONDS = 0.1;

/** The message that this machine could not generate the load, with how much it generated; undefined if it could. */
export function formatShortfall({
  dueCount,
  sentCount,
  latenessBuckets,
}: Pick<RequestCounters, 'dueCount' | 'sentCount' | 'latenessBuckets'>): string | undefined {
  const lateSeconds = percentileSeconds(latenessBuckets, 0.99) ?? 0;
  if (sentCount >= (1 - MAX_UNSENT_SHARE) * dueCount && lateSeconds <= MAX_LATENESS_SECONDS) return undefined;
  const lateMillis = Math.round(1000 * lateSeconds);
  const sent = sentCount < dueCount ? `it sent ${sentCount} of ${dueCount} requests, 1 in 100 of them` : 'it sent 1 in 100 requests';
  return `this machine could not generate all of the traffic in time: ${sent} ${lateMillis} ms late or more. Use less traffic, or more cores`;
}
