import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server of a test, with its requests apart from health checks. */
export interface SmallServer {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  readonly requests: IncomingMessage[];
}

export const HEALTH_PATH = '/health';

export const respondOk: RequestListener = (_, response) => {
  response.end('ok');
};

/** Starts a server on any free port that is closed with the test. It is healthy unless a test gives another health listener. */
export async function serve(
  listener: RequestListener,
  healthListener: RequestListener = respondOk,
  options: ServerOptions = {},
): Promise<SmallServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer(options, (request, response) => {
    if (request.url === HEALTH_PATH) return healthListener(request, response);
    requests.push(request);
    return listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://127.0.0.1:${port}`, requests };
}
