import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { mistake } from './mistake.js';
import { PROBLEM_TYPE, problem } from './problem.js';

const STATUS_BY_CODE: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Connections on which something was not HTTP. The parser complains again about each packet that follows. */
const condemned = new WeakSet<Socket>();

/** Answers bytes that are not a request: the parser gave up, so there is only the socket to write to. */
export function answerMalformedHttp(error: ConnectionError, socket: Socket): void {
  if (condemned.has(socket)) return;
  condemned.add(socket);
  afterAnswers(socket, () => refuse(socket, STATUS_BY_CODE[error.code] ?? 400));
}

/** Answers `Expect: something`, which Node would refuse without a word. */
export function refuseExpectation({ headers: { expect } }: IncomingMessage, response: ServerResponse): void {
  const body = JSON.stringify(problem(417, mistake('the Expect header', 'be 100-continue', expect)));
  response.writeHead(417, { 'content-type': PROBLEM_TYPE, 'content-length': Buffer.byteLength(body), connection: 'close' }).end(body);
}

/** Requests that came before on the same connection are answered first, in their order. */
function afterAnswers(socket: Socket, then: () => void): void {
  // the name that Node gives to the answer a socket is busy with, and that its documentation uses in this place.
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: ServerResponse | null };
  if (!answer) then();
  // Node was there first: when it is called the socket has the next answer, or none.
  else answer.once('finish', () => afterAnswers(socket, then));
}

function refuse(socket: Socket, code: number): void {
  if (!socket.writable) return;
  const { status, title, ...rest } = problem(code, 'the request must be complete and valid HTTP/1.1');
  const body = JSON.stringify({ status, title, ...rest });
  const head = `Content-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${body.length}\r\nConnection: close`;
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head}\r\n\r\n${body}`, () => socket.destroy());
}
