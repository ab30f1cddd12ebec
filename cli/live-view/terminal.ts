import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';

const ESCAPE = '\x1b[';
// alternate screen, hidden cursor, no automatic line break.
const ENTER_ALTERNATE_SCREEN = `${ESCAPE}?1049h${ESCAPE}?25l${ESCAPE}?7l${ESCAPE}2J`;
const LEAVE_ALTERNATE_SCREEN = `${ESCAPE}?7h${ESCAPE}?25h${ESCAPE}?1049l`;
// synchronized output: terminals without it ignore the sequences.
const BEGIN_FRAME = `${ESCAPE}?2026h`;
const END_FRAME = `${ESCAPE}?2026l`;

/** The alternate screen of a terminal. It writes only lines that have changed. */
export class Screen {
  private shown: readonly string[] = [];
  private isEntered = false;

  public constructor(private readonly output: WriteStream) {}

  public get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.output.columns, rows: this.output.rows };
  }

  /** Switches to the alternate screen, also again after another process has drawn. */
  public enter(): void {
    this.isEntered = true;
    this.shown = [];
    this.output.write(ENTER_ALTERNATE_SCREEN);
  }

  /** Restores the terminal. */
  public leave(): void {
    if (!this.isEntered) return;
    this.isEntered = false;
    this.output.write(LEAVE_ALTERNATE_SCREEN);
  }

  /** Redraws all lines at the next frame. */
  public invalidate(): void {
    this.shown = [];
    if (this.isEntered) this.output.write(`${ESCAPE}2J`);
  }

  /** Shows a frame. It is skipped if the terminal cannot keep up. */
  public show(lines: readonly string[]): void {
    if (!this.isEntered || this.output.writableNeedDrain) return;
    const changes = changedLines(this.shown, lines);
    this.shown = lines;
    if (changes !== '') this.output.write(`${BEGIN_FRAME}${changes}${END_FRAME}`);
  }
}

/** The output that changes one frame into another: the lines that differ. */
export function changedLines(before: readonly string[], after: readonly string[]): string {
  let changes = '';
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const line = after[index] ?? '';
    // the line is erased first: a full line leaves the cursor on its last cell.
    if (line !== before[index]) changes += `${ESCAPE}${index + 1};1H${ESCAPE}2K${line}`;
  }
  return changes;
}

/** Reads single keys from a terminal, by names such as `s`, `?`, `ctrl-c` or `up`. */
export class Keyboard {
  private isReading = false;
  private readonly listener = (text: string | undefined, key: Key): void => this.onKey(keyName(text, key));

  public constructor(
    private readonly input: ReadStream,
    private readonly onKey: (name: string) => void,
  ) {}

  /** Reads keys as they are pressed, without Enter and without echo. */
  public start(): void {
    if (this.isReading) return;
    this.isReading = true;
    emitKeypressEvents(this.input);
    this.input.on('keypress', this.listener);
    // the terminal can be closed before the process ends.
    this.input.on('error', ignoreError);
    this.input.setRawMode(true);
    this.input.resume();
  }

  /** Stops reading keys, and no longer keeps the process alive. */
  public stop(): void {
    if (!this.isReading) return;
    this.isReading = false;
    this.input.off('keypress', this.listener);
    this.input.setRawMode(false);
    this.input.pause();
    this.input.off('error', ignoreError);
  }
}

function ignoreError(): void {}

function keyName(text: string | undefined, { name, ctrl }: Key): string {
  if (ctrl === true && name !== undefined) return `ctrl-${name}`;
  return text ?? name ?? '';
}
