import { FAILURE_KINDS, type FailureKind } from '../../run/failures';
import type { TimelineRow } from '../../run/outcome';
import { type Traffic, withoutSteps } from '../../traffic/traffic-phases';
import type { Color } from '../chart/chart-frame';
import { type Line, lineOfMeans, type Panel, type Point, type Series } from '../chart/panel';
import { type DrawnRun, seriesName } from '../report';

/** The number of users. */
export function usersPanel(runs: readonly DrawnRun[]): Panel {
  // several runs of one scenario have the same users.
  const lines = runs.map((run) => usersLine(run.scenario.traffic));
  const texts = lines.map((line) => JSON.stringify(line));
  const unique = runs.filter((_, index) => texts.indexOf(texts[index]!) === index);
  return {
    title: 'Users',
    unit: 'who send a request, wait for the response, and repeat',
    series: unique.map((run) => ({
      name: seriesName({ ...run, isSingleRun: unique.length === 1 }, 'users'),
      color: unique.length === 1 ? 'grey' : run.color,
      line: lines[runs.indexOf(run)]!,
      shape: 'solid',
    })),
    referenceLines: [],
    minAxisMax: 1,
    wholeNumbersOnly: true,
    height: 'low',
  };
}

/** More steps than this look like a ramp. */
const MAX_STEPS = 100;

/** The users at the start and end of each phase and step; none in phases with a rate of requests. */
function usersLine(traffic: Traffic): Line {
  const points: Point[] = [];
  let startSeconds = 0;
  for (const whole of traffic.phases) {
    for (const phase of withoutSteps(whole, MAX_STEPS)) {
      const users = (value: number): number | undefined => (phase.kind === 'users' ? Math.round(value) : undefined);
      points.push({ atSeconds: startSeconds, value: users(phase.from) });
      startSeconds += phase.durationSeconds;
      points.push({ atSeconds: startSeconds, value: users(phase.to) });
    }
  }
  return points;
}

/** The sent and the served requests. */
export function requestsPanel(runs: readonly DrawnRun[]): Panel {
  return {
    title: 'Traffic',
    unit: 'requests per second',
    series: runs.flatMap((run) => (run.isSingleRun ? [sentSeries(run), servedSeries(run)] : [servedSeries(run)])),
    referenceLines: [],
    minAxisMax: 1,
    wholeNumbersOnly: false,
    height: 'tall',
  };
}

/** Drawn below the served requests, so that it is visible only where they differ. */
function sentSeries({ outcome }: DrawnRun): Series {
  return { name: 'sent', color: 'orange', line: lineOfMeans(outcome.timeline, (row) => row.sentRequestsPerSecond), shape: 'solid' };
}

function servedSeries(run: DrawnRun): Series {
  return {
    name: seriesName(run, 'served'),
    color: run.color,
    line: lineOfMeans(run.outcome.timeline, (row) => row.servedRequestsPerSecond),
    shape: run.isSingleRun ? 'filled' : 'solid',
  };
}

const COLORS: Readonly<Record<FailureKind, Color>> = { 'HTTP 502': 'red', 'HTTP 503': 'purple', 'HTTP 504': 'orange', other: 'grey' };

/** Failed requests per second; empty if none failed. */
export function failuresPanel(runs: readonly DrawnRun[]): Panel {
  const failing = runs.filter(({ outcome }) => outcome.totals.failedRequests > 0);
  const series = failing.flatMap((run) => (run.isSingleRun ? seriesByFailureKind(run) : [failedSeries(run)]));
  return {
    title: 'Failures',
    unit: series.length === 1 ? `requests per second, ${series[0]!.name}` : 'requests per second',
    series,
    referenceLines: [],
    minAxisMax: 1,
    wholeNumbersOnly: false,
    height: 'low',
  };
}

/** The kinds of failures that occurred, stacked. */
function seriesByFailureKind({ outcome: { timeline, totals } }: DrawnRun): Series[] {
  const kinds = FAILURE_KINDS.filter((kind) => totals.failures[kind] > 0);
  return kinds.map((name, index) => {
    const below = (row: TimelineRow): number => kinds.slice(0, index).reduce((sum, kind) => sum + perSecond(row, kind), 0);
    // a kind without failures in a row must not draw its outline over the others.
    const top = (row: TimelineRow) => (row.failures[name] > 0 ? below(row) + perSecond(row, name) : undefined);
    return { name, color: COLORS[name], line: lineOfMeans(timeline, top, below), shape: 'filled' };
  });
}

function perSecond({ failures, failedRequests, failedRequestsPerSecond }: TimelineRow, kind: FailureKind): number {
  return failedRequests === 0 ? 0 : (failures[kind] / failedRequests) * failedRequestsPerSecond;
}

function failedSeries(run: DrawnRun): Series {
  return {
    name: seriesName(run, 'failed'),
    color: run.color,
    line: lineOfMeans(run.outcome.timeline, (row) => row.failedRequestsPerSecond),
    shape: 'filled',
  };
}
