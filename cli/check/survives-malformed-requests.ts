import { connect } from 'node:net';
import type { CheckedTask } from './checked-task';
import { type Finding, failed, ok } from './finding';
import { MALFORMED_REQUESTS } from './malformed-requests';

/** So long is waited for an answer before the connection is broken off. */
const PATIENCE_MILLIS = 150;

/** Sends what is no request over connections of its own, and looks after each whether the task still serves. */
export async function survivesMalformedRequests(task: CheckedTask): Promise<Finding> {
  for (const { what, bytes } of MALFORMED_REQUESTS) {
    await send(task.port, bytes);
    const failure = await task.healthFailure();
    if (failure === undefined) continue;
    return failed((await task.hasDied()) ? `after ${what} it ${task.endInWords}` : `after ${what}: ${failure}`, KEEP_SERVING);
  }
  return ok(`it serves on after ${MALFORMED_REQUESTS.length} of them: garbage, NUL bytes, huge headers, halves of requests …`);
}

const KEEP_SERVING =
  "let no request end the process: handle 'clientError' and the 'error' of every socket and stream, and answer 400 to what cannot be read";

/** Sends bytes, waits a little for an answer, and resets the connection. */
function send(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const timer = setTimeout(() => socket.resetAndDestroy(), PATIENCE_MILLIS);
    // that the task closes the connection is a fair answer.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.on('data', () => socket.resetAndDestroy());
    socket.write(bytes);
  });
}
