import { connect } from 'node:net';

/** The pause between two looks at a port that is not open yet. */
const PAUSE_MILLIS = 50;

/** Settles when something listens on a port of this machine; `signal` ends the wait. */
export function untilListening(port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (signal.aborted) return;
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve();
      });
      socket.once('error', () => setTimeout(look, PAUSE_MILLIS));
    };
    look();
  });
}
