import type { WriteStream } from 'node:tty';
import type { ProgressListener } from '../../rehearsal/progress-step';
import { wrap } from '../live-view/wrap-text';
import { ProgressPace, ProgressReporter } from './progress';

/** The indentation below a heading, and of the continuation of a broken line. */
const INDENT = '  ';

/** How often long work yields to the event loop, so that Ctrl-C takes effect soon. */
const YIELD_MILLIS = 100;

/** How often it is checked whether progress is due. */
const PROGRESS_CHECK_MILLIS = 500;

/** The output of a command: text to stdout and progress to stderr; with `--json`, the result to stdout and all text to stderr. */
export class Console {
  public constructor(private readonly hasJsonResult: boolean) {}

  /** Prints a line. */
  public print(text = ''): void {
    this.stream.write(`${text}\n`);
  }

  /** Prints a heading and below it lines that are never broken: a table, or text to copy. */
  public printSection(title: string, lines: readonly string[]): void {
    this.print();
    this.print(title);
    for (const text of lines) this.print(`${INDENT}${text}`);
  }

  /** Prints a heading and text below it. On a terminal, long lines are broken between words. */
  public printWrappedSection(title: string, lines: readonly string[]): void {
    this.printSection(
      title,
      lines.flatMap((text) => this.wrappedForTerminal(text)),
    );
  }

  /** Prints progress to stderr. */
  public printProgress(text: string): void {
    process.stderr.write(`  … ${text}\n`);
  }

  /** Prints from time to time that work still runs. */
  public async withProgress<Result>(activity: string, work: Promise<Result>): Promise<Result> {
    const pace = new ProgressPace();
    const timer = setInterval(() => this.printProgressWhenDue(activity, pace), PROGRESS_CHECK_MILLIS);
    try {
      return await work;
    } finally {
      clearInterval(timer);
    }
  }

  /** Prints from time to time what work waits for, as the work itself reports it. */
  public async withDetailedProgress<Result>(work: (onProgress: ProgressListener) => Promise<Result>): Promise<Result> {
    const reporter = new ProgressReporter((text) => this.printProgress(text));
    try {
      return await work((readStep) => reporter.pollSteps(readStep));
    } finally {
      reporter.close();
    }
  }

  /** Returns the result for each item, and prints progress from time to time. Ctrl-C takes effect between two items. */
  public async mapWithProgress<Item, Result>(activity: string, items: readonly Item[], work: (item: Item) => Result): Promise<Result[]> {
    const pace = new ProgressPace();
    let yieldedAtMillis = performance.now();
    const results: Result[] = [];
    for (const item of items) {
      results.push(work(item));
      this.printProgressWhenDue(`${activity}, ${results.length} of ${items.length}`, pace);
      const nowMillis = performance.now();
      if (nowMillis - yieldedAtMillis < YIELD_MILLIS) continue;
      yieldedAtMillis = nowMillis;
      await new Promise(setImmediate);
    }
    return results;
  }

  /** Returns a function to call at each step; it prints the number of steps from time to time. */
  public progressCounter(activity: string): () => void {
    const pace = new ProgressPace();
    let count = 0;
    return () => {
      count++;
      this.printProgressWhenDue(`${activity}, ${count} so far`, pace);
    };
  }

  /** Prints the result as JSON, with `--json` only. */
  public printResult(value: unknown): void {
    if (this.hasJsonResult) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  }

  private get stream(): Partial<WriteStream> & NodeJS.WritableStream {
    return this.hasJsonResult ? process.stderr : process.stdout;
  }

  private wrappedForTerminal(text: string): string[] {
    const { columns } = this.stream;
    // a terminal of unknown width reports 0.
    if (columns === undefined || columns === 0 || text.trimEnd().length + INDENT.length <= columns) return [text];
    const indent = /^ */.exec(text)![0];
    const lines = wrap(text.trim(), columns - 2 * INDENT.length - indent.length);
    return lines.map((line, index) => `${indent}${index === 0 ? '' : INDENT}${line}`);
  }

  private printProgressWhenDue(activity: string, pace: ProgressPace): void {
    if (!pace.isReportDue) return;
    this.printProgress(`${activity}, ${Math.round(pace.seconds)} s`);
    pace.scheduleNextReport();
  }
}
