import type { Cancel, Time } from '../../../src/time/time';
import type { Target } from './target';

/** A target on its way out. */
export interface Draining {
  /** Settles when the target is closed. */
  readonly done: Promise<void>;
  /** Closes the target without waiting any longer. */
  readonly end: Cancel;
}

/**
 * Lets a target finish what it has begun, then closes it.
 *
 * The delay passes on the scenario's clock. The requests do not: where they
 * take longer than the sped-up delay, they get the same delay once more on the
 * wall clock before they are cut off.
 */
export function startDraining(time: Time, target: Target, delaySeconds: number): Draining {
  target.drain();
  let end: Cancel = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const finish = async (): Promise<void> => {
    await until(ended, (resolve) => time.after(delaySeconds, resolve));
    await Promise.race([target.connections.whenIdle(), until(ended, (resolve) => afterMillis(delaySeconds * 1000, resolve))]);
    end();
    target.close();
  };
  return { done: finish(), end };
}

/** Waits for a timer, and calls it off where waiting has ended before. */
async function until(ended: Promise<void>, startTimer: (run: () => void) => Cancel): Promise<void> {
  let cancel: Cancel = () => {};
  const passed = new Promise<void>((resolve) => {
    cancel = startTimer(resolve);
  });
  await Promise.race([ended, passed]);
  cancel();
}

function afterMillis(delayMillis: number, run: () => void): Cancel {
  const timer = setTimeout(run, delayMillis);
  return () => clearTimeout(timer);
}
