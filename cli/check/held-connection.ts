import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const ANSWER_TIMEOUT_MILLIS = 5000;

/** A connection that asked one question and is then left alone, as a load balancer leaves one that it may need again. */
export class HeldConnection {
  private readonly sinceMillis = performance.now();
  private closedAtMillis?: number;

  private constructor(
    private readonly socket: Socket,
    /** The head of the answer. */
    private readonly head: string,
  ) {
    socket.on('close', () => {
      this.closedAtMillis = performance.now();
    });
    // read on, or its end would never be seen.
    socket.resume();
    if (socket.destroyed) this.closedAtMillis = this.sinceMillis;
  }

  public static async open(port: number, path: string): Promise<HeldConnection> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    const head = await once(socket, 'data', { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MILLIS) }).then(
      ([data]) => String(data).split('\r\n\r\n')[0]!,
      () => '',
    );
    return new HeldConnection(socket, head);
  }

  /** Seconds that it has been open without being used. */
  public get idleSeconds(): number {
    return ((this.closedAtMillis ?? performance.now()) - this.sinceMillis) / 1000;
  }

  /** Whether the task has closed it. */
  public get isClosed(): boolean {
    return this.closedAtMillis !== undefined;
  }

  /** For how long the task says that it keeps a connection, where it says so. */
  public get promisedSeconds(): number | undefined {
    const timeout = /^keep-alive:.*timeout=(\d+)/im.exec(this.head)?.[1];
    return timeout === undefined ? undefined : Number(timeout);
  }

  /** Whether the task said that it closes the connection after this one answer. */
  public get isRefused(): boolean {
    return /^connection: *close/im.test(this.head);
  }

  public close(): void {
    this.socket.destroy();
  }
}
