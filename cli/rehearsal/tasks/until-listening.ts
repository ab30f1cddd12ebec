import { connect } from 'node:net';

/** The pause between two looks at a port that is not open yet. */
const PAUSE_MILLIS = 50;

/** The proxy in front of a container takes a connection before anybody inside listens, and closes it when it has found that out. */
const SETTLED_MILLIS = 50;

/** Settles when something listens on a port of this machine; `signal` ends the wait. */
export function untilListening(port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (signal.aborted) return;
      const socket = connect(port, '127.0.0.1');
      const retry = (): void => {
        socket.destroy();
        clearTimeout(settled);
        setTimeout(look, PAUSE_MILLIS);
      };
      const settle = (): void => {
        socket.off('close', retry).destroy();
        resolve();
      };
      let settled: NodeJS.Timeout | undefined;
      // its end shows only to those who read.
      socket
        .resume()
        .once('connect', () => {
          settled = setTimeout(settle, SETTLED_MILLIS);
        })
        .once('error', () => {})
        .once('close', retry)
        .once('end', () => socket.destroy());
    };
    look();
  });
}
