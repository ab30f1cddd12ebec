import { Connection, type ConnectionSettings } from './connection';
import { TimeoutTicks } from './timeout-ticks';

/** The timeout for a new connection: an Application Load Balancer waits 10 seconds for its targets. */
const CONNECT_TIMEOUT_MILLIS = 10_000;

const RECEIVE_BUFFER_BYTES = 64 * 1024;

/** All connections of a thread receive into it: what they receive is passed on before the next one receives. */
const RECEIVE_BUFFER = Buffer.allocUnsafeSlow(RECEIVE_BUFFER_BYTES);

/**
 * A pool of connections to one server on this machine, each with one request at a time, and as many as there are concurrent requests.
 *
 * Idle connections are on a stack.
 */
export class Connections {
  private readonly allConnections: Connection[] = [];
  private readonly idleConnections: Connection[] = [];
  private readonly settings: ConnectionSettings;
  private idleListeners: (() => void)[] = [];
  private isClosed = false;

  /** @param idleTimeoutMillis how long a server may send nothing during a request, and a connection may be idle between two requests. */
  public constructor(port: number, idleTimeoutMillis: number) {
    const ticks = new TimeoutTicks(Math.min(idleTimeoutMillis, CONNECT_TIMEOUT_MILLIS), () => this.checkTimeouts());
    this.settings = { port, ticks, idleTimeoutMillis, connectTimeoutMillis: CONNECT_TIMEOUT_MILLIS, receiveBuffer: RECEIVE_BUFFER };
  }

  /** The number of requests in flight. */
  public get inFlightCount(): number {
    return this.allConnections.length - this.idleConnections.length;
  }

  /** How long the oldest request in flight has waited for its response; 0 if none is in flight. */
  public get longestInFlightSeconds(): number {
    if (this.inFlightCount === 0) return 0;
    const nowMillis = performance.now();
    let oldestMillis = nowMillis;
    for (const { takenAtMillis } of this.allConnections)
      if (takenAtMillis !== undefined && takenAtMillis < oldestMillis) oldestMillis = takenAtMillis;
    return (nowMillis - oldestMillis) / 1000;
  }

  /**
   * The idle connection that was used last, since it is the least likely to have been closed meanwhile, or a new one.
   *
   * @param nowMillis of `performance.now()`.
   */
  public take(nowMillis: number = performance.now()): Connection {
    const connection = this.idleConnections.pop() ?? this.add();
    connection.takenAtMillis = nowMillis;
    return connection;
  }

  /** Gives a connection back after its request. */
  public release(connection: Connection): void {
    connection.takenAtMillis = undefined;
    this.idleConnections.push(connection);
    if (this.idleListeners.length === 0 || this.inFlightCount > 0) return;
    for (const resolve of this.idleListeners) resolve();
    this.idleListeners = [];
  }

  /** Resolves when no request is in flight. */
  public async waitUntilIdle(): Promise<void> {
    if (this.inFlightCount > 0) await new Promise<void>((resolve) => this.idleListeners.push(resolve));
  }

  /** Closes all connections. Requests in flight fail, as do those that are sent later. */
  public close(): void {
    this.isClosed = true;
    this.settings.ticks.stop();
    for (const connection of this.allConnections) connection.close();
  }

  private add(): Connection {
    const connection = new Connection(this.settings);
    if (this.isClosed) connection.close();
    this.allConnections.push(connection);
    return connection;
  }

  private checkTimeouts(): void {
    for (const connection of this.allConnections) connection.checkTimeout();
  }
}
