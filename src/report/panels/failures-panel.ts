import { FAILURE_KINDS, type FailureKind } from '../../scenario/failures';
import type { TimelineRow } from '../../scenario/outcome';
import { lineOfRows } from '../chart/line';
import type { Colour } from '../chart/palette';
import type { Panel, Series } from '../chart/panel';
import { type DrawnRun, seriesName } from './drawn-run';

const COLOURS: Readonly<Record<FailureKind, Colour>> = { 'HTTP 502': 'red', 'HTTP 503': 'purple', 'HTTP 504': 'orange', other: 'grey' };

/** Requests that failed, row by row; empty where none did. */
export function failuresPanel(runs: readonly DrawnRun[]): Panel {
  const failing = runs.filter(({ outcome }) => outcome.totals.failedRequests > 0);
  const series = failing.flatMap((run) => (run.isAlone ? byKind(run) : [all(run)]));
  return {
    title: 'Failures',
    unit: series.length === 1 ? `requests per second, ${series[0]!.name}` : 'requests per second',
    series,
    references: [],
    leastTop: 1,
    isWhole: false,
    height: 'low',
  };
}

/** The kinds that there are, each standing on the ones before. */
function byKind({ outcome: { timeline, totals } }: DrawnRun): Series[] {
  const kinds = FAILURE_KINDS.filter((kind) => totals.failures[kind] > 0);
  return kinds.map((name, index) => {
    const below = (row: TimelineRow): number => kinds.slice(0, index).reduce((sum, kind) => sum + perSecond(row, kind), 0);
    // where a kind adds nothing it must not draw its outline over the others.
    const top = (row: TimelineRow) => (row.failures[name] > 0 ? below(row) + perSecond(row, name) : undefined);
    return { name, colour: COLOURS[name], line: lineOfRows(timeline, top, below), shape: 'filled' };
  });
}

function perSecond({ failures, failedRequests, failedPerSecond }: TimelineRow, kind: FailureKind): number {
  return failedRequests === 0 ? 0 : (failures[kind] / failedRequests) * failedPerSecond;
}

function all(run: DrawnRun): Series {
  return {
    name: seriesName(run, 'failed'),
    colour: run.colour,
    line: lineOfRows(run.outcome.timeline, (row) => row.failedPerSecond),
    shape: 'filled',
  };
}
