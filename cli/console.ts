import { PATIENCE_MILLIS } from './patience';
import { PhaseTeller } from './phase-teller';
import type { PhaseListener } from './rehearsal/phase';

/** A key that ends a command should not have to wait for longer. */
const BREATH_MILLIS = 100;

/** Where a command writes: its result to stdout; what it says on the way to stderr where stdout is for a program. */
export class Console {
  public constructor(private readonly json: boolean) {}

  /** Says a line to whoever watches. */
  public say(text = ''): void {
    const stream = this.json ? process.stderr : process.stdout;
    stream.write(`${text}\n`);
  }

  /** Says a headline and the lines below it. */
  public section(title: string, lines: readonly string[]): void {
    this.say();
    this.say(title);
    for (const text of lines) this.say(`  ${text}`);
  }

  /** Says what comes next to whoever waits, beside the result. */
  public note(text: string): void {
    process.stderr.write(`  … ${text}\n`);
  }

  /** Says from time to time that something still goes on. */
  public async during<Result>(what: string, work: Promise<Result>): Promise<Result> {
    const startedAtMillis = performance.now();
    const timer = setInterval(() => progress(what, startedAtMillis), PATIENCE_MILLIS);
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
    const startedAtMillis = performance.now();
    let [saidAtMillis, breathedAtMillis] = [startedAtMillis, startedAtMillis];
    const results: Result[] = [];
    for (const item of items) {
      results.push(work(item));
      const nowMillis = performance.now();
      if (nowMillis - saidAtMillis >= PATIENCE_MILLIS) {
        progress(`${what}, ${results.length} of ${items.length}`, startedAtMillis);
        saidAtMillis = nowMillis;
      }
      if (nowMillis - breathedAtMillis < BREATH_MILLIS) continue;
      breathedAtMillis = nowMillis;
      await new Promise(setImmediate);
    }
    return results;
  }

  /** Something to call once for each of many steps: it says from time to time how many there were. */
  public counter(what: string): () => void {
    const startedAtMillis = performance.now();
    let [saidAtMillis, count] = [startedAtMillis, 0];
    return () => {
      count++;
      if (performance.now() - saidAtMillis < PATIENCE_MILLIS) return;
      saidAtMillis = performance.now();
      progress(`${what}, ${count} so far`, startedAtMillis);
    };
  }

  /** Hands over the result, where a program asked for it. */
  public result(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  }
}

function progress(what: string, startedAtMillis: number): void {
  process.stderr.write(`  … ${what}, ${Math.round((performance.now() - startedAtMillis) / 1000)} s\n`);
}
