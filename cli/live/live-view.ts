import type { ReadStream, WriteStream } from 'node:tty';
import { type Fault, faultInWords } from '../../src/scenario/fault';
import type { Controls } from './controls';
import { faultOfKey } from './fault-keys';
import { frame, helpPageCount } from './frame';
import { Keyboard } from './keyboard';
import type { LiveState } from './live-state';
import { type LiveStyle, liveStyleOf } from './live-style';
import { whenProcessEnds } from './process-end';
import { Screen } from './screen';

/** What a live view is shown on, and whom it tells of keys. */
export interface LiveViewOptions {
  /** Keys are read where this is a terminal. */
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** Says whether there are colours and which characters can be shown. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Told of a fault to be done now: its `atSeconds` is the `nowSeconds` of the last state. What it throws is shown.
   *
   * @default - there are no keys for faults
   */
  readonly onFault?: (fault: Fault) => void;
  /** Told when someone asks to end by `q`. Ctrl-C is a SIGINT as everywhere: a signal closes the view, and is left to whoever listens for it. */
  readonly onQuit: () => void;
}

/** Frames follow each other no faster than this, on the wall clock. */
const FRAME_MILLIS = 100;
/** How long what a key has led to is shown, on the wall clock. */
const NOTICE_MILLIS = 4000;
/** A process that has not stopped after this long was not stopped. */
const SUSPENSION_MILLIS = 200;

/** What is said to who presses Ctrl-Z: tasks and traffic would go on, and the minutes without scaling would be missing. */
const NO_SUSPENSION = 'Ctrl-Z does nothing here: a rehearsal cannot stand still; q ends it';

/**
 * A screen that shows how a rehearsal goes on, and takes keys.
 *
 * Nothing else may write to the terminal while it is open. However the process ends, the terminal is given back as it was, unless the
 * process is killed with SIGKILL.
 */
export class LiveView {
  private readonly screen: Screen;
  private readonly style: LiveStyle;
  private readonly keyboard: Keyboard | undefined;
  private readonly stopWaitingForExit: () => void;
  private state: LiveState | undefined;
  private controls: Controls;
  private drawnAtMillis = Number.NEGATIVE_INFINITY;
  private frameTimer: NodeJS.Timeout | undefined;
  private noticeTimer: NodeJS.Timeout | undefined;
  private suspension: NodeJS.Timeout | undefined;
  private readonly redraw = (): void => {
    this.screen.forget();
    this.draw();
  };
  private readonly pause = (): void => this.suspend();
  private readonly resume = (): void => this.open();

  private constructor(private readonly options: LiveViewOptions) {
    const { input, output, environment, onFault } = options;
    this.screen = new Screen(output);
    this.style = liveStyleOf(output, environment);
    this.keyboard = input.isTTY ? new Keyboard(input, (key) => this.take(key)) : undefined;
    this.controls = { keys: keysOf(this.keyboard !== undefined, onFault !== undefined) };
    this.stopWaitingForExit = whenProcessEnds(() => this.close());
    output.on('resize', this.redraw);
    this.open();
  }

  /** Takes the terminal over, until `close`. */
  public static start(options: LiveViewOptions): LiveView {
    return new LiveView(options);
  }

  /** Shows this from now on; what comes faster than the eye sees is left out. */
  public update(state: LiveState): void {
    this.state = state;
    const waitMillis = this.drawnAtMillis + FRAME_MILLIS - performance.now();
    if (waitMillis <= 0) this.draw();
    else this.frameTimer ??= setTimeout(() => this.draw(), waitMillis).unref();
  }

  /** Gives the terminal back as it was. May be called more than once. */
  public close(): void {
    clearTimeout(this.frameTimer);
    clearTimeout(this.noticeTimer);
    this.stopWaitingForExit();
    this.options.output.off('resize', this.redraw);
    this.standDown();
    this.keyboard?.release();
    this.screen.leave();
    this.state = undefined;
  }

  /** Waits for no suspension any more, and for no end of one. */
  private standDown(): void {
    clearTimeout(this.suspension);
    process.off('SIGTSTP', this.pause);
    process.off('SIGCONT', this.resume);
  }

  /** Takes the terminal over: at the start, and whenever the process goes on after it was stopped, also by what no process hears of. */
  private open(): void {
    this.standDown();
    process.on('SIGTSTP', this.pause);
    process.on('SIGCONT', this.resume);
    // who had the terminal meanwhile may have set it otherwise.
    this.keyboard?.release();
    this.keyboard?.take();
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

  private take(key: string): void {
    // what was typed before there was anything to see meant something else.
    if (this.state === undefined && key !== 'ctrl-c') return;
    if (key === 'q') this.options.onQuit();
    else if (key === 'ctrl-c') process.kill(process.pid, 'SIGINT');
    else if (key === 'ctrl-z') this.notice(NO_SUSPENSION);
    else if (key === 'ctrl-l') this.redraw();
    else if (key === '?') this.turnHelpPage();
    else if (this.controls.keys === 'all' && this.state !== undefined) this.takeFault(faultOfKey(key, this.state.nowSeconds));
  }

  /** From page to page of the help, and after the last back to what it hides. */
  private turnHelpPage(): void {
    if (this.state === undefined) return;
    const next = (this.controls.helpPage ?? -1) + 1;
    const isThere = next < helpPageCount(this.state, this.screen.size, this.style, this.controls);
    this.change({ helpPage: isThere ? next : undefined });
  }

  private takeFault(fault: Fault | undefined): void {
    if (fault === undefined) return;
    try {
      this.options.onFault?.(fault);
      this.notice(`asked for: ${faultInWords(fault)}`);
    } catch (mistake) {
      this.notice(mistake instanceof Error ? mistake.message : String(mistake));
    }
  }

  private notice(text: string): void {
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => this.change({ notice: undefined }), NOTICE_MILLIS).unref();
    this.change({ notice: text });
  }

  private change(change: Partial<Controls>): void {
    this.controls = { ...this.controls, ...change };
    this.draw();
  }

  /** Gives the terminal back, and stops as a process does that knows nothing of terminals. */
  private suspend(): void {
    this.keyboard?.release();
    this.screen.leave();
    process.off('SIGTSTP', this.pause);
    process.kill(process.pid, 'SIGTSTP');
    // where there is no shell to take it up again, the signal stops nothing: then this goes on at once.
    this.suspension = setTimeout(this.resume, SUSPENSION_MILLIS).unref();
  }
}

function keysOf(hasKeyboard: boolean, takesFaults: boolean): Controls['keys'] {
  if (!hasKeyboard) return 'none';
  return takesFaults ? 'all' : 'quit';
}
