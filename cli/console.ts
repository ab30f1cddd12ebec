import type { WriteStream } from 'node:tty';
import { Patience } from './patience';
import { PhaseTeller } from './phase-teller';
import type { PhaseListener } from './rehearsal/phase';
import { wrapped } from './wrapped';

/** Before what stands below a headline, and before the rest of a line that was too long. */
const INDENT = '  ';

/** Three gaps between columns: those a terminal may break as it likes, since words would not stand below their headings either. */
const TABLE_ROW = /\S {2,}\S.* {2,}\S.* {2,}\S/;

/** A key that ends a command should not have to wait for longer. */
const BREATH_MILLIS = 100;

/** How often is looked whether it is time for a word. */
const LOOK_MILLIS = 500;

/** Where a command writes: its result to stdout; what it says on the way to stderr where stdout is for a program. */
export class Console {
  public constructor(private readonly json: boolean) {}

  /** Says a line to whoever watches. */
  public say(text = ''): void {
    this.stream.write(`${text}\n`);
  }

  /** Says a headline and the lines below it. */
  public section(title: string, lines: readonly string[]): void {
    this.say();
    this.say(title);
    for (const text of lines) for (const line of this.fitted(text)) this.say(`${INDENT}${line}`);
  }

  /** Says what comes next to whoever waits, beside the result. */
  public note(text: string): void {
    process.stderr.write(`  … ${text}\n`);
  }

  /** Says from time to time that something still goes on. */
  public async during<Result>(what: string, work: Promise<Result>): Promise<Result> {
    const patience = new Patience();
    const timer = setInterval(() => this.tell(what, patience), LOOK_MILLIS);
    try {
      return await work;
    } finally {
      clearInterval(timer);
    }
  }

  /** Says what work that goes from one phase to the next waits for. */
  public async through<Result>(work: (onPhase: PhaseListener) => Promise<Result>): Promise<Result> {
    const teller = new PhaseTeller((text) => this.note(text));
    try {
      return await work((look) => teller.enter(look));
    } finally {
      teller.close();
    }
  }

  /** Does one thing after the other, and says from time to time how far it is. Whoever waits may interrupt between two of them. */
  public async each<Item, Result>(what: string, items: readonly Item[], work: (item: Item) => Result): Promise<Result[]> {
    const patience = new Patience();
    let breathedAtMillis = performance.now();
    const results: Result[] = [];
    for (const item of items) {
      results.push(work(item));
      this.tell(`${what}, ${results.length} of ${items.length}`, patience);
      const nowMillis = performance.now();
      if (nowMillis - breathedAtMillis < BREATH_MILLIS) continue;
      breathedAtMillis = nowMillis;
      await new Promise(setImmediate);
    }
    return results;
  }

  /** Something to call once for each of many steps: it says from time to time how many there were. */
  public counter(what: string): () => void {
    const patience = new Patience();
    let count = 0;
    return () => {
      count++;
      this.tell(`${what}, ${count} so far`, patience);
    };
  }

  /** Hands over the result, where a program asked for it. */
  public result(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  }

  private get stream(): Partial<WriteStream> & NodeJS.WritableStream {
    return this.json ? process.stderr : process.stdout;
  }

  /** A terminal would break a line within a word; a file or another program gets it whole. */
  private fitted(text: string): string[] {
    const { columns } = this.stream;
    if (columns === undefined || text.length + INDENT.length <= columns || TABLE_ROW.test(text)) return [text];
    const own = /^ */.exec(text)![0];
    const lines = wrapped(text.trimStart(), columns - 2 * INDENT.length - own.length);
    return lines.map((line, index) => `${own}${index === 0 ? '' : INDENT}${line}`);
  }

  private tell(what: string, patience: Patience): void {
    if (patience.isOver()) this.note(`${what}, ${Math.round(patience.seconds)} s`);
  }
}
