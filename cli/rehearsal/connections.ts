import { Client, type Dispatcher } from 'undici';

/** A new connection that takes longer is given up; 10 seconds is what an Application Load Balancer waits for its targets. */
const CONNECT_TIMEOUT_MILLIS = 10_000;

/** What an Application Load Balancer takes of a target: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#http-headers-quotas */
const MOST_ANSWER_HEADER_BYTES = 32 * 1024;

/** A connection to a server. It is opened with its first request, kept while the server keeps it, and opened again where needed. */
export class Connection {
  /** Whether it is open already, and need not be opened for the next request. */
  public isOpen = false;

  public constructor(private readonly client: Client) {
    client.on('connect', () => {
      this.isOpen = true;
    });
    client.on('disconnect', () => {
      this.isOpen = false;
    });
  }

  public send(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.client.dispatch(request, handler);
  }

  public close(): void {
    void this.client.destroy();
  }
}

/**
 * Connections to one server, each with one request at a time, and as many of
 * them as there are requests at a time.
 *
 * A stack in place of undici's pool, which looks at one connection after the
 * other until it finds a free one: with a thousand in use that search cost half
 * as much again as all the rest of a request.
 */
export class Connections {
  private readonly all: Connection[] = [];
  private readonly idle: Connection[] = [];
  /** When each that is in use was taken, the longest ago first. */
  private readonly takenAtMillis = new Map<Connection, number>();
  private waiting: (() => void)[] = [];

  /** @param silenceMillis how long a server may be silent in the middle of a request, and a connection idle between two. */
  public constructor(
    private readonly origin: string,
    private readonly silenceMillis: number,
  ) {}

  /** Requests that wait for their answers. */
  public get busyCount(): number {
    return this.all.length - this.idle.length;
  }

  /** How long the request that waits longest has waited for its answer; 0 where none does. */
  public get longestBusySeconds(): number {
    const [takenAtMillis] = this.takenAtMillis.values();
    return takenAtMillis === undefined ? 0 : (performance.now() - takenAtMillis) / 1000;
  }

  /** The connection that was used last, since it is the least likely to have been closed meanwhile. */
  public take(): Connection {
    const connection = this.idle.pop() ?? this.open();
    this.takenAtMillis.set(connection, performance.now());
    return connection;
  }

  /** Gives back a connection whose request is over. */
  public give(connection: Connection): void {
    this.idle.push(connection);
    this.takenAtMillis.delete(connection);
    if (this.busyCount > 0) return;
    for (const resolve of this.waiting) resolve();
    this.waiting = [];
  }

  /** Waits until no request waits for its answer. */
  public async whenIdle(): Promise<void> {
    if (this.busyCount > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Closes all connections. Requests that still wait fail. */
  public close(): void {
    for (const connection of this.all) connection.close();
  }

  private open(): Connection {
    // a server that wants to close sooner says so, or does it.
    const timeouts = {
      keepAliveTimeout: this.silenceMillis,
      connectTimeout: CONNECT_TIMEOUT_MILLIS,
      headersTimeout: this.silenceMillis,
      bodyTimeout: this.silenceMillis,
    };
    const connection = new Connection(new Client(this.origin, { pipelining: 1, maxHeaderSize: MOST_ANSWER_HEADER_BYTES, ...timeouts }));
    this.all.push(connection);
    return connection;
  }
}
