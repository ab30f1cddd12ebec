import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { answerItself, type OwnStatus, ownAnswerText } from './own-answer';
import { MOST_HEADER_BYTES } from './request-rules';

/** The parser counts the request line among the headers; what is too long in which of them is told apart later. */
const MOST_HEAD_BYTES = MOST_HEADER_BYTES + 32 * 1024;

/** How often within the idle timeout it is looked whose headers are overdue. */
const LOOKS = 4;

/**
 * A server of HTTP/1.1 that refuses what cannot be read without a doubt, and closes the connection behind it.
 *
 * Node's parser knows a request whose length is stated twice, a chunk without a proper size, headers that are folded or
 * hold what they may not. Options of the process that make it lenient do not count here.
 *
 * @param onRefusal told with which status a request was refused that never became one.
 */
export function createListener(idleTimeoutMillis: number, onRefusal: (statusCode: OwnStatus) => void): Server {
  const server = createServer({
    insecureHTTPParser: false,
    maxHeaderSize: MOST_HEAD_BYTES,
    keepAliveTimeout: idleTimeoutMillis,
    headersTimeout: idleTimeoutMillis,
    connectionsCheckingInterval: idleTimeoutMillis / LOOKS,
    // a body may take its time, as long as it is on its way.
    requestTimeout: 0,
    // the load balancer answers and counts that itself.
    requireHostHeader: false,
    noDelay: true,
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuse(error, socket as ClientSocket, onRefusal));
  server.on('connect', (_, socket) => refuseText(socket as Socket, 400, onRefusal));
  // an expectation that nobody knows does not keep a request from being served.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  return server;
}

/** A client's connection, on which Node notes what is being answered. */
interface ClientSocket extends Socket {
  readonly _httpMessage?: ServerResponse | null;
}

function refuse(error: NodeJS.ErrnoException, socket: ClientSocket, onRefusal: (statusCode: OwnStatus) => void): void {
  const isIdle = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0;
  if (error.code === 'ECONNRESET' || !socket.writable || isIdle) {
    socket.destroy();
    return;
  }
  const statusCode = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const response = socket._httpMessage;
  if (!response) {
    refuseText(socket, statusCode, onRefusal);
    return;
  }
  // the request had begun well, and its end cannot be read: it may be on its way to a target already.
  if (!response.headersSent) onRefusal(statusCode);
  answerItself(response, statusCode);
}

function refuseText(socket: Socket, statusCode: OwnStatus, onRefusal: (statusCode: OwnStatus) => void): void {
  onRefusal(statusCode);
  socket.on('error', () => socket.destroy());
  socket.end(ownAnswerText(statusCode), () => socket.destroy());
}
