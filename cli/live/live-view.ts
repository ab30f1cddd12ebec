import type { ReadStream, WriteStream } from 'node:tty';
import type { Fault } from '../../src/scenario/fault';
import type { LiveState } from './live-state';

/** What a live view is shown on, and whom it tells of keys. */
export interface LiveViewOptions {
  /** Keys are read where this is a terminal. */
  readonly input: ReadStream;
  readonly output: WriteStream;
  /** Says whether there are colours and which characters can be shown. */
  readonly environment: NodeJS.ProcessEnv;
  /** Told of a fault to be done now: its `atSeconds` is the `nowSeconds` of the last state. Without it there are no keys for faults. */
  readonly onFault?: (fault: Fault) => void;
  /** Told when someone asks to end by `q` or Ctrl-C. Signals are left to whoever listens for them. */
  readonly onQuit: () => void;
}

/** A screen that shows how a rehearsal goes on, and takes keys. */
export interface LiveView {
  /** Shows this from now on. */
  update(state: LiveState): void;
  /** Gives the terminal back as it was. May be called more than once. */
  close(): void;
}
