import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { PROBLEM_TYPE, problem } from './problem.js';
import { validationError } from './validation-error.js';

const STATUS_BY_CODE: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Connections on which bytes were not HTTP. The parser reports each packet that follows again. */
const malformed = new WeakSet<Socket>();

/** Responds to bytes that are not a request. The parser has no response object for them, so the socket is written to. */
export function rejectMalformedHttp(error: ConnectionError, socket: Socket): void {
  if (malformed.has(socket)) return;
  malformed.add(socket);
  afterResponses(socket, () => reject(socket, STATUS_BY_CODE[error.code] ?? 400));
}

/** Responds to an `Expect` header other than `100-continue`, which Node would reject without a body. */
export function rejectExpectation({ headers: { expect } }: IncomingMessage, response: ServerResponse): void {
  const body = JSON.stringify(problem(417, validationError('the Expect header', 'be 100-continue', expect)));
  response.writeHead(417, { 'content-type': PROBLEM_TYPE, 'content-length': Buffer.byteLength(body), connection: 'close' }).end(body);
}

/** Earlier requests on the same connection get their responses first, in their order. */
function afterResponses(socket: Socket, then: () => void): void {
  // Node's name for the response that a socket is writing; its documentation of `clientError` uses it too.
  const { _httpMessage: response } = socket as Socket & { _httpMessage?: ServerResponse | null };
  if (!response) then();
  // Node's own listener runs first: by then the socket has the next response, or none.
  else response.once('finish', () => afterResponses(socket, then));
}

function reject(socket: Socket, code: number): void {
  if (!socket.writable) return;
  const { status, title, ...rest } = problem(code, 'the request must be complete and valid HTTP/1.1');
  const body = JSON.stringify({ status, title, ...rest });
  const head = `Content-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${body.length}\r\nConnection: close`;
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head}\r\n\r\n${body}`, () => socket.destroy());
}
