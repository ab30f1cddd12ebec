import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A client that sends exactly the given bytes. */
export class RawClient {
  /** All that it has received. */
  public received = '';
  public isClosed = false;
  private readonly socket: Socket;

  public constructor(url: string) {
    this.socket = connect(Number(new URL(url).port), '127.0.0.1');
    this.socket.on('error', () => {});
    this.socket.on('data', (chunk) => {
      this.received += chunk.toString('latin1');
    });
    this.socket.on('close', () => {
      this.isClosed = true;
    });
    onTestFinished(() => void this.socket.destroy());
  }

  /** The status codes of all responses so far. */
  public get statuses(): number[] {
    return [...this.received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  }

  public send(text: string): this {
    this.socket.write(Buffer.from(text, 'latin1'));
    return this;
  }

  /** Sends nothing more, and receives what is still to come. */
  public end(): this {
    this.socket.end();
    return this;
  }

  public leave(): void {
    this.socket.destroy();
  }

  public reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Waits until the other side has closed the connection. */
  public async closed(): Promise<this> {
    if (!this.isClosed) await once(this.socket, 'close');
    return this;
  }
}
