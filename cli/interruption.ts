/** Someone asked the command to end: Ctrl-C, or a signal from another process. */
export class Interruption extends Error {
  public constructor(public readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
  }

  /** As a shell reports it: 128 and the number of the signal. */
  public get exitCode(): number {
    return 128 + { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[this.signal as 'SIGINT' | 'SIGTERM' | 'SIGHUP'];
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens for signals that end the command. */
export class InterruptionListener {
  /** Rejects with an Interruption at the first signal. */
  public readonly interrupted: Promise<never>;
  private readonly onSignal: (signal: NodeJS.Signals) => void;

  public constructor() {
    let interrupt: (interruption: Interruption) => void = () => {};
    this.interrupted = new Promise<never>((_, reject) => {
      interrupt = reject;
    });
    // whoever waits races against it; nobody has to.
    this.interrupted.catch(() => {});
    this.onSignal = (signal) => interrupt(new Interruption(signal));
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
  }

  /** Leaves signals to their default again. */
  public stop(): void {
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
  }
}
