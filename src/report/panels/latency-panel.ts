import type { TimelineRow } from '../../scenario/outcome';
import { lineOfRows } from '../chart/line';
import type { Panel, Series } from '../chart/panel';
import { type DrawnRun, seriesName } from './drawn-run';
import { referencesOf, withoutRepeats } from './references';

/** From here on a number of milliseconds is hard to read. */
const SECONDS_FROM_MILLIS = 10_000;

/** How long an answer takes: for half of the requests, and for all but the slowest twentieth. */
export function latencyPanel(runs: readonly DrawnRun[]): Panel {
  const inSeconds = runs.some(({ outcome }) => outcome.timeline.some((row) => (row.p95Millis ?? 0) >= SECONDS_FROM_MILLIS));
  const perMilli = inSeconds ? 0.001 : 1;
  return {
    title: 'Latency',
    unit: inSeconds ? 'seconds' : 'milliseconds',
    series: runs.flatMap((run) => (run.isAlone ? allSeries(run, perMilli) : [slowest(run, perMilli)])),
    references: withoutRepeats(runs.flatMap((run) => referencesOf(run, ['TargetResponseTime'], 1000 * perMilli))),
    leastTop: perMilli,
    isWhole: false,
    height: 'tall',
  };
}

function allSeries(run: DrawnRun, perMilli: number): Series[] {
  const line = lineOfRows(run.outcome.timeline, reading('p50Millis', perMilli));
  return [
    ...betweenModels(run, perMilli),
    { name: 'p50', colour: 'green', line, shape: 'solid' },
    { ...slowest(run, perMilli), colour: 'red' },
  ];
}

/** Real tasks lie between the two models of a CPU quota. */
function betweenModels({ outcome: { timeline } }: DrawnRun, perMilli: number): Series[] {
  if (timeline.every(({ p95LowMillis, p95HighMillis }) => p95LowMillis === p95HighMillis)) return [];
  const line = lineOfRows(timeline, reading('p95HighMillis', perMilli), reading('p95LowMillis', perMilli));
  return [{ name: 'p95 between the models', colour: 'red', line, shape: 'area' }];
}

function slowest(run: DrawnRun, perMilli: number): Series {
  const line = lineOfRows(run.outcome.timeline, reading('p95Millis', perMilli));
  return { name: seriesName(run, 'p95'), colour: run.colour, line, shape: 'solid' };
}

type Reading = 'p50Millis' | 'p95Millis' | 'p95LowMillis' | 'p95HighMillis';

function reading(name: Reading, perMilli: number): (row: TimelineRow) => number | undefined {
  return (row) => {
    const millis = row[name];
    return millis === undefined ? undefined : millis * perMilli;
  };
}
