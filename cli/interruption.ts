import { constants } from 'node:os';

/** Someone asked the command to end: Ctrl-C, a signal from another process, or a reader of its output that has gone. */
export class Interruption extends Error {
  public constructor(public readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
  }

  /** As a shell reports it: 128 and the number of the signal. */
  public get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens for signals that end the command. A second one ends it at once. */
export class InterruptionListener {
  /** Rejects with an Interruption at the first signal. */
  public readonly interrupted: Promise<never>;
  private endSoftly?: () => void;

  public constructor() {
    this.interrupted = new Promise<never>((_, reject) => {
      for (const signal of SIGNALS) process.on(signal, () => this.take(signal, reject));
      process.stdout.once('error', () => reject(new Interruption('SIGPIPE')));
    });
    // whoever waits races against it; nobody has to.
    this.interrupted.catch(() => {});
  }

  /** Lets the next Ctrl-C call this, once, instead of interrupting: what has come so far is worth something. */
  public soften(end: () => void): void {
    this.endSoftly = end;
  }

  private take(signal: NodeJS.Signals, reject: (reason: Interruption) => void): void {
    const end = signal === 'SIGINT' ? this.endSoftly : undefined;
    this.endSoftly = undefined;
    if (end !== undefined) {
      end();
      return;
    }
    // the next signal does what it does to a process that listens to none.
    for (const each of SIGNALS) process.removeAllListeners(each);
    reject(new Interruption(signal));
  }
}
