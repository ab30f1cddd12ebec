import type { WriteStream } from 'node:tty';
import { wrapped } from './live/wrapped';
import { PhaseTeller } from './phase-teller';
import { ProgressPace } from './progress-pace';
import type { PhaseListener } from './rehearsal/phase';

/** Before what stands below a headline, and before the rest of a line that was too long. */
const INDENT = '  ';

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

  /** Says a headline and the lines below it, each as it is: a table, or what is to be copied. */
  public section(title: string, lines: readonly string[]): void {
    this.say();
    this.say(title);
    for (const text of lines) this.say(`${INDENT}${text}`);
  }

  /** Says a headline and sentences below it. A terminal would break a long one within a word; a file or another program gets it whole. */
  public prose(title: string, lines: readonly string[]): void {
    this.section(
      title,
      lines.flatMap((text) => this.brokenForTerminal(text)),
    );
  }

  /** Says what comes next to whoever waits, beside the result. */
  public note(text: string): void {
    process.stderr.write(`  … ${text}\n`);
  }

  /** Says from time to time that something still goes on. */
  public async during<Result>(what: string, work: Promise<Result>): Promise<Result> {
    const pace = new ProgressPace();
    const timer = setInterval(() => this.tell(what, pace), LOOK_MILLIS);
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
    const pace = new ProgressPace();
    let breathedAtMillis = performance.now();
    const results: Result[] = [];
    for (const item of items) {
      results.push(work(item));
      this.tell(`${what}, ${results.length} of ${items.length}`, pace);
      const nowMillis = performance.now();
      if (nowMillis - breathedAtMillis < BREATH_MILLIS) continue;
      breathedAtMillis = nowMillis;
      await new Promise(setImmediate);
    }
    return results;
  }

  /** Something to call once for each of many steps: it says from time to time how many there were. */
  public counter(what: string): () => void {
    const pace = new ProgressPace();
    let count = 0;
    return () => {
      count++;
      this.tell(`${what}, ${count} so far`, pace);
    };
  }

  /** Hands over the result, where a program asked for it. */
  public result(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  }

  private get stream(): Partial<WriteStream> & NodeJS.WritableStream {
    return this.json ? process.stderr : process.stdout;
  }

  private brokenForTerminal(text: string): string[] {
    const { columns } = this.stream;
    // a terminal that does not know how wide it is says 0.
    if (columns === undefined || columns === 0 || text.trimEnd().length + INDENT.length <= columns) return [text];
    const own = /^ */.exec(text)![0];
    const lines = wrapped(text.trim(), columns - 2 * INDENT.length - own.length);
    return lines.map((line, index) => `${own}${index === 0 ? '' : INDENT}${line}`);
  }

  private tell(what: string, pace: ProgressPace): void {
    if (!pace.isDue) return;
    this.note(`${what}, ${Math.round(pace.seconds)} s`);
    pace.told();
  }
}
