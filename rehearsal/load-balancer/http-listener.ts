import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { InputError } from '../../src/parse/input-error';
import { type GeneratedStatus, generatedResponseText, sendGeneratedResponse } from './generated-response';
import { MAX_ALL_HEADERS_BYTES } from './request-rules';

/** The limit for Node's parser, which is for the request line and the headers together. `rejectionStatusOf` has the limits of each. */
const MAX_REQUEST_LINE_AND_HEADERS_BYTES = MAX_ALL_HEADERS_BYTES + 32 * 1024;

/** How often within the idle timeout connections are checked for request headers that are not complete in time. */
const HEADER_CHECKS_PER_TIMEOUT = 4;

/**
 * An HTTP/1.1 server that rejects malformed requests and then closes the connection.
 *
 * Node's parser rejects requests with both Content-Length and Transfer-Encoding, or two Content-Length headers, chunks with an invalid
 * size, headers with obsolete line folding (obs-fold), and headers with invalid characters. Process options that make the parser
 * lenient have no effect here.
 *
 * @param onRejection called with the status code for each request that could not be parsed.
 */
export function createListener(idleTimeoutMillis: number, onRejection: (statusCode: GeneratedStatus) => void): Server {
  const server = createServer({
    insecureHTTPParser: false,
    maxHeaderSize: MAX_REQUEST_LINE_AND_HEADERS_BYTES,
    keepAliveTimeout: idleTimeoutMillis,
    headersTimeout: idleTimeoutMillis,
    connectionsCheckingInterval: idleTimeoutMillis / HEADER_CHECKS_PER_TIMEOUT,
    // a body may take any time while it makes progress.
    requestTimeout: 0,
    // the load balancer itself responds 400 to a missing Host header, and counts it.
    requireHostHeader: false,
    noDelay: true,
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => handleClientError(error, socket as ClientSocket, onRejection));
  server.on('connect', (_, socket) => rejectConnection(socket as Socket, 400, onRejection));
  // a request with an `Expect` header other than `100-continue` is served as any other.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  return server;
}

/** A client's connection. Node stores the current response on it. */
interface ClientSocket extends Socket {
  readonly _httpMessage?: ServerResponse | null;
}

function handleClientError(error: NodeJS.ErrnoException, socket: ClientSocket, onRejection: (statusCode: GeneratedStatus) => void): void {
  const isIdle = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0;
  if (error.code === 'ECONNRESET' || !socket.writable || isIdle) {
    socket.destroy();
    return;
  }
  const statusCode = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const response = socket._httpMessage;
  if (!response) {
    rejectConnection(socket, statusCode, onRejection);
    return;
  }
  // the start of the request was valid and it may have been forwarded already, but the rest of it cannot be parsed.
  if (!response.headersSent) onRejection(statusCode);
  sendGeneratedResponse(response, statusCode);
}

function rejectConnection(socket: Socket, statusCode: GeneratedStatus, onRejection: (statusCode: GeneratedStatus) => void): void {
  onRejection(statusCode);
  socket.on('error', () => socket.destroy());
  socket.end(generatedResponseText(statusCode), () => socket.destroy());
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
