import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A TCP connection that sends bytes as they are, valid HTTP or not. */
export class RawConnection {
  /** Everything received so far. */
  received = '';

  private readonly closed: Promise<unknown>;

  private constructor(private readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    // the other side may close while something is on its way to it, which is what some tests want.
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (chunk) => {
      this.received += chunk;
      socket.emit('more');
    });
    onTestFinished(() => void socket.destroy());
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  send(bytes: string): void {
    this.socket.write(bytes);
  }

  /** Waits until what was received contains the text. */
  async receives(text: string): Promise<void> {
    while (!this.received.includes(text)) await once(this.socket, 'more');
  }

  /** Waits until the other side has closed, and returns everything received. */
  async end(): Promise<string> {
    await this.closed;
    return this.received;
  }
}
