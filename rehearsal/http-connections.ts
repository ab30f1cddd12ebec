import { Client, type Dispatcher } from 'undici';

/** The timeout for a new connection: an Application Load Balancer waits 10 seconds for its targets. */
const CONNECT_TIMEOUT_MILLIS = 10_000;

/** The limit of an Application Load Balancer for the headers of a response: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#http-headers-quotas */
const MAX_RESPONSE_HEADER_BYTES = 32 * 1024;

/** A persistent connection to a server. Opened by its first request, and reopened when needed after the server has closed it. */
export class Connection {
  /** Whether it is open. If not, the next request opens it. */
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
 * A pool of connections to one server, each with one request at a time, and as many as there are concurrent requests.
 *
 * Idle connections are on a stack. undici's pool searches for an idle connection one by one: with a thousand in use, the search added
 * half of what the rest of a request cost.
 */
export class Connections {
  private readonly allConnections: Connection[] = [];
  private readonly idleConnections: Connection[] = [];
  /** The connections with a request in flight, the oldest first, and when each was taken. */
  private readonly takenAtMillis = new Map<Connection, number>();
  private idleListeners: (() => void)[] = [];

  /** @param idleTimeoutMillis how long a server may send nothing during a request, and a connection may be idle between two requests. */
  public constructor(
    private readonly origin: string,
    private readonly idleTimeoutMillis: number,
  ) {}

  /** The number of requests in flight. */
  public get inFlightCount(): number {
    return this.allConnections.length - this.idleConnections.length;
  }

  /** How long the oldest request in flight has waited for its response; 0 if none is in flight. */
  public get longestInFlightSeconds(): number {
    const [takenAtMillis] = this.takenAtMillis.values();
    return takenAtMillis === undefined ? 0 : (performance.now() - takenAtMillis) / 1000;
  }

  /** The idle connection that was used last, since it is the least likely to have been closed meanwhile, or a new one. */
  public take(): Connection {
    const connection = this.idleConnections.pop() ?? this.open();
    this.takenAtMillis.set(connection, performance.now());
    return connection;
  }

  /** Gives a connection back after its request. */
  public release(connection: Connection): void {
    this.idleConnections.push(connection);
    this.takenAtMillis.delete(connection);
    if (this.inFlightCount > 0) return;
    for (const resolve of this.idleListeners) resolve();
    this.idleListeners = [];
  }

  /** Resolves when no request is in flight. */
  public async waitUntilIdle(): Promise<void> {
    if (this.inFlightCount > 0) await new Promise<void>((resolve) => this.idleListeners.push(resolve));
  }

  /** Closes all connections. Requests in flight fail. */
  public close(): void {
    for (const connection of this.allConnections) connection.close();
  }

  private open(): Connection {
    // a server may announce a shorter keep-alive timeout, or close the connection earlier.
    const timeouts = {
      keepAliveTimeout: this.idleTimeoutMillis,
      connectTimeout: CONNECT_TIMEOUT_MILLIS,
      headersTimeout: this.idleTimeoutMillis,
      bodyTimeout: this.idleTimeoutMillis,
    };
    const connection = new Connection(new Client(this.origin, { pipelining: 1, maxHeaderSize: MAX_RESPONSE_HEADER_BYTES, ...timeouts }));
    this.allConnections.push(connection);
    return connection;
  }
}

/** Why a request got no complete response. */
export function formatFailure(error: Error & { readonly code?: unknown }, timeoutSeconds: number): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'connection reset';
    case 'UND_ERR_SOCKET':
      return 'connection closed before the response was complete';
    case 'UND_ERR_DESTROYED':
      return 'aborted before the response was complete';
    default:
      return isTimeout(error) ? `no response within ${timeoutSeconds} s` : error.message;
  }
}

/** Whether a request failed by a timeout. */
export function isTimeout(error: Error & { readonly code?: unknown }): boolean {
  return error.name === 'TimeoutError' || /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(String(error.code));
}
