import type { WriteStream } from 'node:tty';

const ESCAPE = '\x1b[';
// the screen beside the one that scrolls, without a cursor, and without a line break at the end of a full line.
const ENTER = `${ESCAPE}?1049h${ESCAPE}?25l${ESCAPE}?7l${ESCAPE}2J`;
const LEAVE = `${ESCAPE}?7h${ESCAPE}?25h${ESCAPE}?1049l`;
// terminals that know it show what is between the two at once; others do not mind.
const BEGIN_FRAME = `${ESCAPE}?2026h`;
const END_FRAME = `${ESCAPE}?2026l`;

/** The alternate screen of a terminal. It writes lines that have changed, and no others. */
export class Screen {
  private shown: readonly string[] = [];
  private isEntered = false;

  public constructor(private readonly output: WriteStream) {}

  public get size(): { readonly columns: number; readonly rows: number } {
    return { columns: this.output.columns, rows: this.output.rows };
  }

  /** Puts what is on the terminal aside; again where somebody else may have drawn meanwhile. */
  public enter(): void {
    this.isEntered = true;
    this.shown = [];
    this.output.write(ENTER);
  }

  /** Gives the terminal back as it was. */
  public leave(): void {
    if (!this.isEntered) return;
    this.isEntered = false;
    this.output.write(LEAVE);
  }

  /** Draws everything at the next frame, also what should be there already. */
  public forget(): void {
    this.shown = [];
    if (this.isEntered) this.output.write(`${ESCAPE}2J`);
  }

  /** Shows a frame. A terminal that cannot keep up gets the next one instead. */
  public show(lines: readonly string[]): void {
    if (!this.isEntered || this.output.writableNeedDrain) return;
    const changes = changedLines(this.shown, lines);
    this.shown = lines;
    if (changes !== '') this.output.write(`${BEGIN_FRAME}${changes}${END_FRAME}`);
  }
}

/** What to write so that a screen which shows one frame shows another: each line that differs, and nothing where none does. */
export function changedLines(before: readonly string[], after: readonly string[]): string {
  let changes = '';
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const line = after[index] ?? '';
    // what was longer is erased first: a full line leaves the cursor on its last cell.
    if (line !== before[index]) changes += `${ESCAPE}${index + 1};1H${ESCAPE}2K${line}`;
  }
  return changes;
}
