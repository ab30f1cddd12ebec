import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server of a test, and what it was asked besides for its health. */
export interface SmallServer {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  readonly requests: IncomingMessage[];
}

export const HEALTH_PATH = '/health';

export const answerOk: RequestListener = (_, response) => {
  response.end('ok');
};

/** Starts a server on any free port that is closed with the test. Its health is good unless a test says otherwise. */
export async function serve(
  answer: RequestListener,
  answerHealth: RequestListener = answerOk,
  options: ServerOptions = {},
): Promise<SmallServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer(options, (request, response) => {
    if (request.url === HEALTH_PATH) return answerHealth(request, response);
    requests.push(request);
    return answer(request, response);
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
