import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { InvalidInput } from '../../../src/plan/invalid-input';
import type { Client, ClientReading } from '../../../src/scenario/client';
import type { Arrival } from '../../../src/scenario/traffic';
import { bundledProgram } from '../bundled-program';
import { RecordReader } from './record-reader';
import { shortfallInWords } from './shortfall';
import type { TrafficNews, TrafficOrder, TrafficSetup } from './traffic-messages';
import { TrafficRecord } from './traffic-record';

export interface TrafficSenderOptions {
  /** Where the requests go: a server on this machine. */
  readonly url: string;
  /** The paths that are requested in turn. */
  readonly paths: readonly string[];
  /**
   * How long an answer is waited for, and an idle connection kept: as long as the load balancer does.
   *
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;
}

/** What became of a client that was stopped. */
export interface TrafficEnd {
  /** Requests that were still not answered some seconds later. They are counted as failed. */
  readonly unansweredRequests: number;
}

/** Sends the traffic of a rehearsal from a thread of its own. */
export class TrafficSender implements Client {
  private arrival?: Arrival;
  private failure?: string;
  private readonly reader: RecordReader;
  private stopped?: Promise<TrafficEnd>;

  /** Rejects if the thread ends although nobody stopped it; never settles otherwise. */
  public readonly lost: Promise<never>;

  private constructor(
    private readonly thread: Worker,
    private readonly record: TrafficRecord,
  ) {
    this.lost = new Promise((_, reject) => {
      const lose = (how: unknown): void => {
        if (this.stopped === undefined) reject(new Error(`the traffic client must live as long as the rehearsal, it ended with ${how}`));
      };
      thread.once('error', lose);
      thread.once('exit', (code) => lose(`exit code ${code}`));
    });
    // whoever cares races against it; nobody has to.
    this.lost.catch(() => {});
    this.reader = new RecordReader(record);
    thread.on('message', (news: TrafficNews) => {
      if (news.kind === 'failure') this.failure = news.failure;
    });
  }

  public static async start(options: TrafficSenderOptions): Promise<TrafficSender> {
    refuseOtherMachines(options.url);
    const memory = TrafficRecord.memory();
    const workerData: TrafficSetup = { ...options, memory };
    const thread = new Worker(bundledProgram('traffic-client'), { workerData });
    await once(thread, 'online');
    return new TrafficSender(thread, new TrafficRecord(memory));
  }

  /** Why the last failed request failed, in words. */
  public get lastFailure(): string | undefined {
    return this.failure;
  }

  /**
   * Sets who arrives; takes effect at once.
   *
   * @param limitRequestsPerSecond the most that is sent in a second, whatever arrives.
   */
  public set(arrival: Arrival, limitRequestsPerSecond?: number): void {
    this.arrival = arrival;
    this.order({ kind: 'set', arrival, limitRequestsPerSecond });
  }

  public takeReading(): ClientReading {
    return { users: this.users, ...this.reader.take() };
  }

  /** Another look at the same requests, which takes nothing away from the readings of this. */
  public watcher(): Client {
    const reader = new RecordReader(this.record);
    return { takeReading: () => ({ users: this.users, ...reader.take() }) };
  }

  /** Says how much of the traffic since the start this machine has made, where it could not make it all. */
  public get shortfall(): string | undefined {
    return shortfallInWords(this.record.read());
  }

  /** Sends nothing more, waits some seconds for the last answers, and ends the thread. Readings can still be taken. */
  public stop(): Promise<TrafficEnd> {
    this.stopped ??= this.end();
    return this.stopped;
  }

  private get users(): number | undefined {
    return this.arrival?.kind === 'users' ? this.arrival.value : undefined;
  }

  private async end(): Promise<TrafficEnd> {
    const stopped = new Promise<TrafficEnd>((resolve) => {
      this.thread.on('message', (news: TrafficNews) => {
        if (news.kind === 'stopped') resolve(news);
      });
      // a thread that has ended already answers no order.
      this.thread.once('exit', () => resolve({ unansweredRequests: 0 }));
    });
    this.order({ kind: 'stop' });
    const { unansweredRequests } = await stopped;
    await this.thread.terminate();
    return { unansweredRequests };
  }

  private order(order: TrafficOrder): void {
    this.thread.postMessage(order);
  }
}

/** Traffic is for a service on this machine: sent anywhere else, it would be an attack. */
function refuseOtherMachines(url: string): void {
  if (new URL(url).hostname !== '127.0.0.1') {
    throw new InvalidInput([`url must be on 127.0.0.1, got ${url}`]);
  }
}
