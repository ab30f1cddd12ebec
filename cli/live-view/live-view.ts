import type { ReadStream, WriteStream } from 'node:tty';
import { formatFault } from '../../src/faults/fault-grammar';
import type { Fault } from '../../src/faults/fault-kinds';
import { type Controls, faultOfKey } from './controls';
import { frame, helpPageCount } from './frame';
import type { LiveState } from './live-state';
import { type LiveStyle, liveStyleOf } from './live-style';
import { Keyboard, Screen } from './terminal';

/** The terminal of a live view, and the handlers of its keys. */
export interface LiveViewOptions {
  /** Keys are read if this is a terminal. */
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** The environment variables that decide on colors and Unicode. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Gets the fault of a key: its `atSeconds` is the `nowSeconds` of the last state. The message of an error that it throws is shown.
   *
   * @default - there are no keys for faults
   */
  readonly onFault?: (fault: Fault) => void;
  /** Is called for the key `q`. Ctrl-C sends SIGINT as usual, which closes the view and runs the listeners of the signal. */
  readonly onQuit: () => void;
}

/** The minimum time between two frames, on the wall clock. */
const FRAME_MILLIS = 100;
/** The time for which a notice is shown, on the wall clock. */
const NOTICE_MILLIS = 4000;
/** If the process still runs this long after SIGTSTP, it was not suspended. */
const SUSPENSION_MILLIS = 200;

/** The notice for Ctrl-Z: tasks and traffic would continue without scaling. */
const NO_SUSPENSION = 'Ctrl-Z does nothing here: a rehearsal cannot be suspended; q ends it';

/**
 * A full-screen view of a rehearsal with keys.
 *
 * Nothing else may write to the terminal while it is open. The terminal is restored however the process ends, except with SIGKILL.
 */
export class LiveView {
  private readonly screen: Screen;
  private readonly style: LiveStyle;
  private readonly keyboard: Keyboard | undefined;
  private readonly removeExitListeners: () => void;
  private state: LiveState | undefined;
  private controls: Controls;
  private drawnAtMillis = Number.NEGATIVE_INFINITY;
  private frameTimer: NodeJS.Timeout | undefined;
  private noticeTimer: NodeJS.Timeout | undefined;
  private suspensionTimer: NodeJS.Timeout | undefined;
  private readonly redraw = (): void => {
    this.screen.invalidate();
    this.draw();
  };
  private readonly onSuspend = (): void => this.suspend();
  private readonly onContinue = (): void => this.open();

  private constructor(private readonly options: LiveViewOptions) {
    const { input, output, environment, onFault } = options;
    this.screen = new Screen(output);
    this.style = liveStyleOf(output, environment);
    this.keyboard = input.isTTY ? new Keyboard(input, (key) => this.handleKey(key)) : undefined;
    this.controls = { keys: availableKeys(this.keyboard !== undefined, onFault !== undefined) };
    this.removeExitListeners = onProcessEnd(() => this.close());
    output.on('resize', this.redraw);
    this.open();
  }

  /** Opens the view, until `close`. */
  public static start(options: LiveViewOptions): LiveView {
    return new LiveView(options);
  }

  /** Shows a state. States that follow too fast are skipped. */
  public update(state: LiveState): void {
    this.state = state;
    const waitMillis = this.drawnAtMillis + FRAME_MILLIS - performance.now();
    if (waitMillis <= 0) this.draw();
    else this.frameTimer ??= setTimeout(() => this.draw(), waitMillis).unref();
  }

  /** Restores the terminal. Can be called more than once. */
  public close(): void {
    clearTimeout(this.frameTimer);
    clearTimeout(this.noticeTimer);
    this.removeExitListeners();
    this.options.output.off('resize', this.redraw);
    this.removeSuspensionListeners();
    this.keyboard?.stop();
    this.screen.leave();
    this.state = undefined;
  }

  /** Removes the listeners for suspension. */
  private removeSuspensionListeners(): void {
    clearTimeout(this.suspensionTimer);
    process.off('SIGTSTP', this.onSuspend);
    process.off('SIGCONT', this.onContinue);
  }

  /** Sets the terminal up: at the start, and whenever the process continues after SIGTSTP or SIGSTOP. */
  private open(): void {
    this.removeSuspensionListeners();
    process.on('SIGTSTP', this.onSuspend);
    process.on('SIGCONT', this.onContinue);
    // another process may have changed the terminal meanwhile.
    this.keyboard?.stop();
    this.keyboard?.start();
    this.screen.enter();
    this.redraw();
  }

  private draw(): void {
    clearTimeout(this.frameTimer);
    this.frameTimer = undefined;
    if (this.state === undefined) return;
    this.drawnAtMillis = performance.now();
    this.screen.show(frame(this.state, this.screen.size, this.style, this.controls));
  }

  private handleKey(key: string): void {
    // keys that were pressed before the first frame are ignored.
    if (this.state === undefined && key !== 'ctrl-c') return;
    if (key === 'q') this.options.onQuit();
    else if (key === 'ctrl-c') process.kill(process.pid, 'SIGINT');
    else if (key === 'ctrl-z') this.showNotice(NO_SUSPENSION);
    else if (key === 'ctrl-l') this.redraw();
    else if (key === '?') this.showNextHelpPage();
    else if (this.controls.keys === 'all' && this.state !== undefined) this.injectFault(faultOfKey(key, this.state.nowSeconds));
  }

  /** Shows the next page of the help, and after the last one hides the help. */
  private showNextHelpPage(): void {
    if (this.state === undefined) return;
    const next = (this.controls.helpPage ?? -1) + 1;
    const hasNextPage = next < helpPageCount(this.state, this.screen.size, this.style, this.controls);
    this.updateControls({ helpPage: hasNextPage ? next : undefined });
  }

  private injectFault(fault: Fault | undefined): void {
    if (fault === undefined) return;
    try {
      this.options.onFault?.(fault);
      this.showNotice(`requested: ${formatFault(fault)}`);
    } catch (error) {
      this.showNotice(error instanceof Error ? error.message : String(error));
    }
  }

  private showNotice(text: string): void {
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => this.updateControls({ notice: undefined }), NOTICE_MILLIS).unref();
    this.updateControls({ notice: text });
  }

  private updateControls(change: Partial<Controls>): void {
    this.controls = { ...this.controls, ...change };
    this.draw();
  }

  /** Restores the terminal, and suspends the process as SIGTSTP does by default. */
  private suspend(): void {
    this.keyboard?.stop();
    this.screen.leave();
    process.off('SIGTSTP', this.onSuspend);
    process.kill(process.pid, 'SIGTSTP');
    // without a shell that can continue the process the signal has no effect, and the view continues at once.
    this.suspensionTimer = setTimeout(this.onContinue, SUSPENSION_MILLIS).unref();
  }
}

function availableKeys(hasKeyboard: boolean, canInjectFaults: boolean): Controls['keys'] {
  if (!hasKeyboard) return 'none';
  return canInjectFaults ? 'all' : 'quit';
}

/** Signals that end a process by default. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Runs a function when the process ends: normally, by an exception, or at the first signal.
 *
 * Signals keep their meaning: their other listeners run, and without one the process ends as by default.
 *
 * @returns a function that cancels this.
 */
export function onProcessEnd(run: () => void): () => void {
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
  // before `once` listeners, which would no longer be counted afterwards.
  for (const signal of SIGNALS) process.prependListener(signal, onSignal);
  return stop;
}
