import { lineOfRows } from '../chart/line';
import type { Panel } from '../chart/panel';
import { type DrawnRun, seriesName } from './drawn-run';

/** Requests that failed, minute by minute; empty where none did. */
export function failuresPanel(runs: readonly DrawnRun[]): Panel {
  return {
    title: 'Failures',
    unit: 'requests per minute',
    series: runs
      .filter(({ outcome }) => outcome.timeline.some((row) => row.failedRequests > 0))
      .map((run) => ({
        name: seriesName(run, 'failed'),
        colour: run.isAlone ? 'red' : run.colour,
        line: lineOfRows(run.outcome.timeline, (row) => row.failedRequests),
        shape: 'filled',
      })),
    references: [],
    leastTop: 1,
    isWhole: false,
    height: 'low',
  };
}
