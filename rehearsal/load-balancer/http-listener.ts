import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { InputError } from '../../src/parse/input-error';
import { TimeoutTicks } from '../http/timeout-ticks';
import { ClientConnection } from './client-connection';
import type { RequestListener } from './request-listener';

/**
 * An HTTP/1.1 server that rejects malformed requests and then closes the connection.
 *
 * Its parser rejects requests with both Content-Length and Transfer-Encoding, or two Content-Length headers, chunks with an invalid
 * size, headers with obsolete line folding (obs-fold), and headers with invalid characters.
 */
export class HttpListener {
  /** The port that it listens on. */
  public port = 0;
  private readonly server: Server;
  private readonly connections = new Set<ClientConnection>();
  private readonly ticks: TimeoutTicks;

  public constructor(idleTimeoutMillis: number, listener: RequestListener) {
    this.ticks = new TimeoutTicks(idleTimeoutMillis, () => this.checkTimeouts());
    const onClose = (connection: ClientConnection): void => void this.connections.delete(connection);
    const settings = { listener, ticks: this.ticks, idleTimeoutMillis, onClose };
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.connections.add(new ClientConnection(socket, settings));
    });
    this.server.once('close', () => this.ticks.stop());
  }

  /** Listens on a port of this machine, 0 for any free one. */
  public async listen(port: number): Promise<void> {
    this.port = await listen(this.server, port);
    this.ticks.start();
  }

  /** Stops listening, and closes every connection. */
  public async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const connection of this.connections) connection.destroy();
    await closed;
  }

  private checkTimeouts(): void {
    for (const connection of this.connections) connection.checkTimeout();
  }
}

/** The length of the accept queue. With Node's default of 511, a step in load would lose connections and look like a slow service. */
const BACKLOG = 8192;

/** Listens on a port of this machine, 0 for any free one, and returns the port. */
export async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen({ port, host: '127.0.0.1', backlog: BACKLOG });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new InputError([`port ${port} is already in use: leave --port out to use any free port`]);
  }
}

/** Throws an InputError if a port is in use, before a rehearsal spends time on its preparation. */
export async function assertPortIsFree(port: number): Promise<void> {
  const server = createServer();
  await listen(server, port);
  server.close();
  await once(server, 'close');
}
