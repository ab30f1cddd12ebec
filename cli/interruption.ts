import { constants } from 'node:os';
import { setImmediate as handlePendingSignals } from 'node:timers/promises';

/** The reason why the command must end: Ctrl-C, a signal from another process, or a reader of its output that has closed the pipe. */
export class Interruption extends Error {
  public constructor(public readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
  }

  /** 128 plus the number of the signal, as a shell reports it. */
  public get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens for the signals that end the command. A second signal ends it at once. */
export class InterruptionListener {
  /** Rejects with an Interruption at the first signal. */
  public readonly interrupted: Promise<never>;
  private ctrlCListener?: () => void;
  private firstInterruption?: Interruption;

  public constructor() {
    this.interrupted = new Promise<never>((_, reject) => {
      for (const signal of SIGNALS) process.on(signal, () => this.handle(signal, reject));
      process.stdout.once('error', () => reject(new Interruption('SIGPIPE')));
    });
    // commands race against it; without one, it must not count as an unhandled rejection.
    this.interrupted.catch(() => {});
  }

  /**
   * The interruption, if there was one. It is the reason of every error after it: a Ctrl-C in a terminal also reaches the programs that
   * this command waits for, such as docker, and they fail.
   */
  public async reason(): Promise<Interruption | undefined> {
    await handlePendingSignals();
    return this.firstInterruption;
  }

  /** Calls the listener at the next Ctrl-C, once, and does not reject `interrupted`, so that results so far can be printed. */
  public onNextCtrlC(listener: () => void): void {
    this.ctrlCListener = listener;
  }

  /** Removes the listeners, so that a signal ends the process at once: for a computation that never waits, and leaves nothing behind. */
  public restoreDefaultSignals(): void {
    for (const signal of SIGNALS) process.removeAllListeners(signal);
  }

  private handle(signal: NodeJS.Signals, reject: (reason: Interruption) => void): void {
    const listener = signal === 'SIGINT' ? this.ctrlCListener : undefined;
    this.ctrlCListener = undefined;
    if (listener !== undefined) {
      listener();
      return;
    }
    // the next signal has its default effect.
    this.restoreDefaultSignals();
    this.firstInterruption = new Interruption(signal);
    reject(this.firstInterruption);
  }
}
