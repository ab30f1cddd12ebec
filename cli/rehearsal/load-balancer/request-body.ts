import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { hasBody } from './request-rules';

/**
 * The body of a request, or null where it has none.
 *
 * It passes through a stream of its own: undici destroys the body of a request
 * that fails, and with it would go the connection that the client waits on for
 * its answer.
 *
 * @param onSilence called when the client sends nothing for so long in the middle of it.
 */
export function bodyOf(request: IncomingMessage, silenceMillis: number, onSilence: () => void): Readable | null {
  if (!hasBody(request)) return null;
  watch(request, silenceMillis, onSilence);
  // what a target did not wait for is read to its end, or the client's next request would never be.
  return request.pipe(new PassThrough()).once('close', () => request.resume());
}

function watch(request: IncomingMessage, silenceMillis: number, onSilence: () => void): void {
  const look = (): void => {
    // a client whose target does not read on cannot send on.
    if (request.isPaused()) timer.refresh();
    else onSilence();
  };
  const timer = setTimeout(look, silenceMillis);
  request.on('data', () => timer.refresh());
  for (const end of ['end', 'close']) request.once(end, () => clearTimeout(timer));
}
