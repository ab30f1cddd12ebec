import type { ProgressStep } from '../../rehearsal/progress-step';

/** A step that takes longer may have a problem, which its hint names. */
const HINT_SECONDS = 10;

/** How often the current step is read. */
const POLL_MILLIS = 500;

/** Reports from time to time which step a command waits for, and once its hint if it takes long. */
export class ProgressReporter {
  private readStep?: () => ProgressStep;
  private latest?: ProgressStep;
  private pace = new ProgressPace();
  private isHinted = false;
  private isClosed = false;
  private readonly timer = setInterval(() => this.report(), POLL_MILLIS);

  /** @param print prints one line. Call `close` when done. */
  public constructor(private readonly print: (text: string) => void) {}

  /** Reports the steps of another operation from now on. The function is called every half second, and returns the current step. */
  public pollSteps(readStep: () => ProgressStep): void {
    // interrupted work may continue for a moment.
    if (this.isClosed) return;
    this.readStep = readStep;
    this.report();
  }

  public close(): void {
    clearInterval(this.timer);
    this.isClosed = true;
  }

  private report(): void {
    const step = this.readStep?.();
    if (step === undefined) return;
    // an operation has no event for a new step: another name is one.
    if (step.name !== this.latest?.name) this.startStep(step);
    this.latest = step;
    const isHintDue = !this.isHinted && step.hint !== undefined && this.pace.seconds >= HINT_SECONDS;
    if (!this.pace.isReportDue && !isHintDue) return;
    this.print(formatStep(step, this.pace.seconds));
    this.pace.scheduleNextReport();
    if (!isHintDue) return;
    this.isHinted = true;
    this.print(`${step.hint} (Ctrl-C ends this command)`);
  }

  private startStep({ name, isReportedAtStart = false }: ProgressStep): void {
    this.pace = new ProgressPace();
    this.isHinted = false;
    if (isReportedAtStart) this.print(name);
  }
}

function formatStep({ name, latestResult }: ProgressStep, seconds: number): string {
  return [name, ...(latestResult === undefined ? [] : [latestResult]), `${Math.round(seconds)} s`].join(', ');
}

/** The time from the start until the first report. */
const FIRST_REPORT_AFTER_MILLIS = 2000;

/** The longest time between two reports. */
const MAX_MILLIS_BETWEEN_REPORTS = 30_000;

/** When to report again that something still runs: less often the longer it takes, which keeps logs short. */
export class ProgressPace {
  private readonly startedAtMillis = performance.now();
  private nextReportAtMillis = this.startedAtMillis + FIRST_REPORT_AFTER_MILLIS;

  /** The time since the start. */
  public get seconds(): number {
    return (performance.now() - this.startedAtMillis) / 1000;
  }

  /** Whether the next report is due. */
  public get isReportDue(): boolean {
    return performance.now() >= this.nextReportAtMillis;
  }

  /** Must be called after each report. */
  public scheduleNextReport(): void {
    const nowMillis = performance.now();
    this.nextReportAtMillis = nowMillis + Math.min(nowMillis - this.startedAtMillis, MAX_MILLIS_BETWEEN_REPORTS);
  }
}
