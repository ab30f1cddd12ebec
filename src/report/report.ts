import type { ForecastBand } from '../forecast/band';
import type { MonthlyCost } from '../forecast/cost/monthly-cost';
import type { Outcome } from '../scenario/outcome';
import type { Scenario } from '../scenario/scenario';

/** One outcome and the question it answers. */
export interface ReportedRun {
  /** How it is told from another: `forecast` and `rehearsal`, or the names of two plans. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  /** How many times faster than on AWS a rehearsal was, which then has as many fewer requests. */
  readonly speed?: number;
  /** Where the numbers lie over many seeds, which a rehearsal cannot have. */
  readonly band?: ForecastBand;
  /** What a month costs that is like the outcome. */
  readonly cost?: MonthlyCost;
  /** What a reader should know and what would help, in sentences. */
  readonly remarks?: readonly string[];
  /** What the template says about scaling that the plan leaves out. */
  readonly ignored?: readonly string[];
}

/** What is shown: one run, or several laid over each other. */
export interface Report {
  readonly title: string;
  /** At least one; the first is what the others are compared with. */
  readonly runs: readonly [ReportedRun, ...ReportedRun[]];
}

/** When the last of the runs ended. */
export function endSeconds({ runs }: Report): number {
  return runs.reduce((end, { outcome }) => Math.max(end, outcome.timeline.at(-1)?.atSeconds ?? 0), 0);
}
