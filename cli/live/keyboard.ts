import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream } from 'node:tty';

/** Reads single keys from a terminal, by names such as `s`, `?`, `ctrl-c` or `up`. */
export class Keyboard {
  private isTaken = false;
  private readonly listener = (text: string | undefined, key: Key): void => this.onKey(nameOf(text, key));

  public constructor(
    private readonly input: ReadStream,
    private readonly onKey: (name: string) => void,
  ) {}

  /** Takes keys as they are pressed, without waiting for Enter and without showing them. */
  public take(): void {
    if (this.isTaken) return;
    this.isTaken = true;
    emitKeypressEvents(this.input);
    this.input.on('keypress', this.listener);
    // the terminal may be gone before the process is.
    this.input.on('error', ignore);
    this.input.setRawMode(true);
    this.input.resume();
  }

  /** Leaves the terminal to its shell again, and keeps the process alive no longer. */
  public release(): void {
    if (!this.isTaken) return;
    this.isTaken = false;
    this.input.off('keypress', this.listener);
    this.input.setRawMode(false);
    this.input.pause();
    this.input.off('error', ignore);
  }
}

function ignore(): void {}

function nameOf(text: string | undefined, { name, ctrl }: Key): string {
  if (ctrl === true && name !== undefined) return `ctrl-${name}`;
  return text ?? name ?? '';
}
