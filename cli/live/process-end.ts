/** What ends a process that nobody can ask first. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Does something when the process ends: by itself, by an exception, or at the first signal that asks it to.
 *
 * Signals keep their meaning: who listens for one decides what comes of it, and where nobody does the process ends as it would have.
 *
 * @returns calls it off.
 */
export function whenProcessEnds(run: () => void): () => void {
  const runOnce = (): void => {
    stop();
    run();
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    runOnce();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const stop = (): void => {
    process.off('exit', runOnce);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on('exit', runOnce);
  // before those who listen once: afterwards nobody could tell that they did.
  for (const signal of SIGNALS) process.prependListener(signal, onSignal);
  return stop;
}
