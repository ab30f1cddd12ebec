import { connect } from 'node:net';
import { type CheckResult, failed, ok } from './check-result';
import type { CheckedTask } from './checked-task';

/** How long to wait for a response before the connection is reset. */
const RESPONSE_TIMEOUT_MILLIS = 150;

/** Sends each malformed request over a new connection, then a health check: the task must still serve. */
export async function survivesMalformedRequests(task: CheckedTask): Promise<CheckResult> {
  for (const { name, bytes } of MALFORMED_REQUESTS) {
    await sendAndReset(task.hostPort, bytes);
    const failure = await task.healthCheckFailure();
    if (failure === undefined) continue;
    return failed(
      (await task.waitForExit()) ? `after a request with ${name} it ${task.exitDescription}` : `after a request with ${name}: ${failure}`,
      FIX,
    );
  }
  return ok(`it still serves after ${MALFORMED_REQUESTS.length} malformed requests, such as NUL bytes, huge headers and half of a request`);
}

const FIX = 'no request may end the process: handle the errors of every connection, and respond 400 to a malformed request';

/** Sends bytes, waits briefly for a response, and resets the connection. */
function sendAndReset(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const timer = setTimeout(() => socket.resetAndDestroy(), RESPONSE_TIMEOUT_MILLIS);
    // the task may close the connection instead of responding.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.on('data', () => socket.resetAndDestroy());
    socket.write(bytes);
  });
}

/** A request that a server must reject without ending. */
export interface MalformedRequest {
  /** What it has that is malformed, as text after `a request with`. */
  readonly name: string;
  readonly bytes: Buffer;
}

const HOST = 'Host: task\r\n';

/** Requests such as scanners, faulty clients and lost connections send to any open port. */
export const MALFORMED_REQUESTS: readonly MalformedRequest[] = [
  malformedRequest('bytes of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 this is TLS, or something like it'),
  malformedRequest('NUL bytes', '\0\0\0\0\r\n\r\n'),
  malformedRequest('a NUL byte in the path', `GET /\0 HTTP/1.1\r\n${HOST}\r\n`),
  malformedRequest('a path that cannot be decoded', `GET /%E0%A4%A?q=%zz HTTP/1.1\r\n${HOST}\r\n`),
  malformedRequest('an unknown method', `BREW / HTTP/1.1\r\n${HOST}\r\n`),
  malformedRequest('an unknown HTTP version', `GET / HTTP/9.9\r\n${HOST}\r\n`),
  malformedRequest('no Host header', 'GET / HTTP/1.1\r\n\r\n'),
  malformedRequest('a header without a colon', `GET / HTTP/1.1\r\n${HOST}nonsense\r\n\r\n`),
  malformedRequest('headers of 256 KiB', `GET / HTTP/1.1\r\n${HOST}X-Long: ${'a'.repeat(256 * 1024)}\r\n\r\n`),
  malformedRequest('a path of 64 KiB', `GET /${'a'.repeat(64 * 1024)} HTTP/1.1\r\n${HOST}\r\n`),
  malformedRequest('half of the request line', 'GET /prod'),
  malformedRequest('half of the headers', `GET / HTTP/1.1\r\n${HOST}Accept: `),
  malformedRequest('half of the body', `POST / HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"half":`),
  malformedRequest(
    'a body that is not JSON',
    `POST / HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 5\r\n\r\n{{{\0}`,
  ),
  malformedRequest('a Content-Length that is not a number', `POST / HTTP/1.1\r\n${HOST}Content-Length: many\r\n\r\n`),
  malformedRequest(
    'both Content-Length and Transfer-Encoding',
    `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX`,
  ),
  malformedRequest('a chunk without an end', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nX`),
];

/** @param text one byte per character. */
function malformedRequest(name: string, text: string): MalformedRequest {
  return { name, bytes: Buffer.from(text, 'latin1') };
}
