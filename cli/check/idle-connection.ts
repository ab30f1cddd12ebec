import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const RESPONSE_TIMEOUT_MILLIS = 5000;

/** A connection that is idle after one request, like those that a load balancer keeps open to reuse them. */
export class IdleConnection {
  private readonly idleSinceMillis = performance.now();
  private closedAtMillis?: number;

  private constructor(
    private readonly socket: Socket,
    /** The status line and headers of the response. */
    private readonly head: string,
  ) {
    socket.on('close', () => {
      this.closedAtMillis = performance.now();
    });
    // the 'close' event needs a stream that is read to its end.
    socket.resume();
    if (socket.destroyed) this.closedAtMillis = this.idleSinceMillis;
  }

  public static async open(port: number, path: string): Promise<IdleConnection> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    const head = await once(socket, 'data', { signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MILLIS) }).then(
      ([data]) => String(data).split('\r\n\r\n')[0]!,
      () => '',
    );
    return new IdleConnection(socket, head);
  }

  /** How long the connection has been idle, or was until it was closed. */
  public get idleSeconds(): number {
    return ((this.closedAtMillis ?? performance.now()) - this.idleSinceMillis) / 1000;
  }

  /** Whether the connection is closed. */
  public get isClosed(): boolean {
    return this.closedAtMillis !== undefined;
  }

  /** The timeout of the `Keep-Alive` header, if the response had one. */
  public get keepAliveSeconds(): number | undefined {
    const timeout = /^keep-alive:.*timeout=(\d+)/im.exec(this.head)?.[1];
    return timeout === undefined ? undefined : Number(timeout);
  }

  /** Whether the response had `Connection: close`. */
  public get hasConnectionClose(): boolean {
    return /^connection: *close/im.test(this.head);
  }

  public close(): void {
    this.socket.destroy();
  }
}
