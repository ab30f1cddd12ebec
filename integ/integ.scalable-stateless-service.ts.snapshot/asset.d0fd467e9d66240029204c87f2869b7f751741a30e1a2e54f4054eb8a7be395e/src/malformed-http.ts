import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { PROBLEM_TYPE, problem } from './problem.js';

const STATUS_BY_CODE: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers bytes that are not a request: the parser gave up, so there is only the socket to write to. */
export function answerMalformedHttp(error: ConnectionError, socket: Socket): void {
  if (!socket.writable) return;
  const { status, title, ...rest } = problem(STATUS_BY_CODE[error.code] ?? 400, 'the request must be complete and valid HTTP/1.1');
  const body = JSON.stringify({ status, title, ...rest });
  const head = `Content-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${body.length}\r\nConnection: close`;
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head}\r\n\r\n${body}`, () => socket.destroy());
}
