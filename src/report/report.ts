import type { MonthlyCost } from '../decide/cost/monthly-cost';
import type { Outcome } from '../run/outcome';
import type { Scenario } from '../run/scenario';
import type { ForecastBand } from '../simulation/band';
import type { Sensitivity } from '../simulation/sensitivity';
import { type Color, RUN_COLORS } from './chart/chart-frame';

/** One outcome with its scenario. */
export interface ReportedRun {
  /** Its name in the report: `forecast` and `rehearsal`, or the names of two plans. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  /** How many times as fast as AWS a rehearsal ran. Requests keep their own pace, so at speed 20 it sent a twentieth of them. */
  readonly speed?: number;
  /** The range of the numbers over many seeds, and over the behaviors of `sensitivity`; only for a forecast. */
  readonly band?: ForecastBand;
  /** The numbers with other values of AWS's undocumented settings. */
  readonly sensitivity?: readonly Sensitivity[];
  /** The cost of a month with the load of the outcome. */
  readonly cost?: MonthlyCost;
  /** What is notable, and what to change. */
  readonly remarks?: readonly string[];
  /** What was given and is not used: parts of the template about scaling, or a workload that a rehearsal measures instead. */
  readonly ignored?: readonly string[];
}

/** A section of a text. */
export interface TextSection {
  readonly heading: string;
  readonly lines: readonly string[];
  /** Whether the lines are the rows of a table. */
  readonly isTable?: boolean;
}

/** The content of a report: one run, or several to compare. */
export interface Report {
  readonly title: string;
  /** At least one. The others are compared with the first. */
  readonly runs: readonly [ReportedRun, ...ReportedRun[]];
  /**
   * What is to be said of all runs together.
   *
   * @default - nothing
   */
  readonly sections?: readonly TextSection[];
}

/** The end of the longest run. */
export function endSeconds({ runs }: Report): number {
  return runs.reduce((end, { outcome }) => Math.max(end, outcome.timeline.at(-1)?.atSeconds ?? 0), 0);
}

/** A run in a chart. If it is the only run, each of its series has its own color; with others, the run has one color. */
export interface DrawnRun extends ReportedRun {
  readonly color: Color;
  readonly isSingleRun: boolean;
}

/** The runs of a report with their colors. */
export function drawnRuns({ runs }: Report): DrawnRun[] {
  return runs.map((run, index) => ({ ...run, color: RUN_COLORS[index % RUN_COLORS.length]!, isSingleRun: runs.length === 1 }));
}

/** The name of a series, after the name of the run if there are several runs. */
export function seriesName(run: DrawnRun, name: string): string {
  return run.isSingleRun ? name : `${run.name}: ${name}`;
}
