/** Nobody should wait for longer without a word. */
const PATIENCE_MILLIS = 5000;

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

  /** Says from time to time that something still goes on. */
  public async during<Result>(what: string, work: Promise<Result>): Promise<Result> {
    const startedAtMillis = performance.now();
    const timer = setInterval(
      () => this.say(`  … ${what}, ${Math.round((performance.now() - startedAtMillis) / 1000)} s`),
      PATIENCE_MILLIS,
    );
    try {
      return await work;
    } finally {
      clearInterval(timer);
    }
  }

  /** Hands over the result, where a program asked for it. */
  public result(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
  }
}
