let stop = (): void => process.exit(0);

// as soon as this file is loaded: without a listener, a signal ends the process at once, with exit code 143.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());

/** Sets what SIGTERM and SIGINT do from now on. Before this call they end the process, as there is nothing to finish yet. */
export function onStopSignal(action: () => void): void {
  stop = action;
}
