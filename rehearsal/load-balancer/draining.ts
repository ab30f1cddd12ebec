import type { Cancel, Clock } from '../../src/time/clock';
import type { Target } from './target';

/** The draining of a target. */
export interface Draining {
  /** Resolves when the target is closed. */
  readonly closed: Promise<void>;
  /** Closes the target without waiting any longer. Its requests in flight fail. */
  readonly closeNow: () => void;
}

/**
 * Waits for the deregistration delay and for the target's in-flight requests, then closes the target.
 *
 * The delay passes on the scenario's clock. Requests are not sped up: if they take longer than the sped-up delay, they get the same
 * delay once more on the wall clock before they are aborted.
 */
export function startDraining(clock: Clock, target: Target, delaySeconds: number): Draining {
  target.drain();
  let closeNow = (): void => {};
  const closeRequested = new Promise<void>((resolve) => {
    closeNow = resolve;
  });
  const drain = async (): Promise<void> => {
    await waitForTimer((onTimeout) => clock.after(delaySeconds, onTimeout), closeRequested);
    const extraDelay = waitForTimer((onTimeout) => afterMillis(delaySeconds * 1000, onTimeout), closeRequested);
    await Promise.race([target.connections.waitUntilIdle(), extraDelay]);
    // cancels the timer of the extra delay, if it still runs.
    closeNow();
    target.close();
  };
  return { closed: drain(), closeNow };
}

/** Waits for a timer, or until the target has to be closed, which cancels the timer. */
async function waitForTimer(startTimer: (onTimeout: () => void) => Cancel, closeRequested: Promise<void>): Promise<void> {
  let cancelTimer: Cancel = () => {};
  const timedOut = new Promise<void>((resolve) => {
    cancelTimer = startTimer(resolve);
  });
  await Promise.race([closeRequested, timedOut]);
  cancelTimer();
}

function afterMillis(delayMillis: number, run: () => void): Cancel {
  const timer = setTimeout(run, delayMillis);
  return () => clearTimeout(timer);
}
