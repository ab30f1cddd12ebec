import type { Cancel, Time } from './time';

/**
 * Runs a step again and again, first at the given second of the scenario and
 * then once in each period. The beat is kept on the scenario's clock, so a late
 * step does not push the ones after it.
 */
export function every(time: Time, period: { readonly firstAtSeconds: number; readonly periodSeconds: number }, run: () => void): Cancel {
  let beat = 0;
  let cancelNext: Cancel = () => {};
  let stopped = false;
  const wait = (): void => {
    const dueSeconds = period.firstAtSeconds + beat * period.periodSeconds;
    cancelNext = time.after(dueSeconds - time.nowSeconds, () => {
      beat += 1;
      run();
      if (!stopped) wait();
    });
  };
  wait();
  return () => {
    stopped = true;
    cancelNext();
  };
}
