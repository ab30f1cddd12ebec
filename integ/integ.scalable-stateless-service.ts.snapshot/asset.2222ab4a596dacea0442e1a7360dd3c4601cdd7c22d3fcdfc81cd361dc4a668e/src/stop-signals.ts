let stop = (): void => process.exit(0);

// as soon as this file is read: until somebody listens, a signal ends the process where it stands, with 143.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());

/** Says what a signal to stop does from now on. Before this, it ends the process: there is nothing to finish yet. */
export function onStopSignal(action: () => void): void {
  stop = action;
}
