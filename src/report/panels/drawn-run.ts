import type { Colour } from '../chart/palette';
import { RUN_COLOURS } from '../chart/palette';
import type { Report, ReportedRun } from '../report';

/** A run as it is drawn: alone, each of its series has a colour; beside others, the run has one. */
export interface DrawnRun extends ReportedRun {
  readonly colour: Colour;
  readonly isAlone: boolean;
}

/** The runs of a report with their colours. */
export function drawnRuns({ runs }: Report): DrawnRun[] {
  return runs.map((run, index) => ({ ...run, colour: RUN_COLOURS[index % RUN_COLOURS.length]!, isAlone: runs.length === 1 }));
}

/** The name of a series, with the run's where there are several. */
export function seriesName(run: DrawnRun, name: string): string {
  return run.isAlone ? name : `${run.name}: ${name}`;
}
