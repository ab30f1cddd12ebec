import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server on loopback got. */
export interface Received {
  /** The requests by method, path and body. */
  readonly requests: ReadonlyMap<string, number>;
  readonly total: number;
}

/** How a server responds. */
interface Responses {
  readonly delayMilliseconds?: number;
  readonly status?: number;
}

/** A server that counts what it is sent, and responds after a delay. */
export class CountingServer {
  public static async start({ delayMilliseconds = 0, status = 200 }: Responses = {}): Promise<CountingServer> {
    const requests = new Map<string, number>();
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const key = [request.method, request.url, Buffer.concat(chunks).toString()].filter((text) => text !== '').join(' ');
        requests.set(key, (requests.get(key) ?? 0) + 1);
        setTimeout(() => response.writeHead(status).end('found'), delayMilliseconds);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new CountingServer(server, requests);
  }

  private constructor(
    private readonly server: Server,
    private readonly requests: Map<string, number>,
  ) {}

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public get received(): Received {
    return { requests: this.requests, total: [...this.requests.values()].reduce((sum, count) => sum + count, 0) };
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
