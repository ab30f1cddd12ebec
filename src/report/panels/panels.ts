import {
  type ClientLatencies,
  LATENCY_PERCENTILES,
  type LatencyPercentile,
  type LatencyRanges,
  RANGED_PERCENTILES,
  type RangedPercentile,
} from '../../metrics/latency-percentiles';
import { signalOf } from '../../metrics/metric';
import type { Outcome, TimelineRow } from '../../run/outcome';
import { type Line, lineOfMeans, lineOfSnapshots, type Panel, type ReferenceLine, type Series } from '../chart/panel';
import type { Report } from '../report';
import { type DrawnRun, drawnRuns, seriesName } from '../report';
import { mergedReferenceLines, referenceLinesOf, signalPanels } from './signal-panels';
import { failuresPanel, requestsPanel, usersPanel } from './traffic-panels';

/** The panels of a report from top to bottom. Panels without data are left out. */
export function panelsOf(report: Report): Panel[] {
  const runs = drawnRuns(report);
  const panels = [usersPanel(runs), requestsPanel(runs), tasksPanel(runs), ...signalPanels(runs), latencyPanel(runs), failuresPanel(runs)];
  return panels
    .map((panel) => ({ ...panel, series: panel.series.filter(({ line }) => line.some((point) => point.value !== undefined)) }))
    .map((panel) =>
      runs.length === 2 ? { ...panel, series: panel.series.map((one) => ({ ...one, isBroad: one.color === runs[0]!.color })) } : panel,
    )
    .filter((panel) => panel.series.length > 0);
}

/** The desired, running and healthy count. */
export function tasksPanel(runs: readonly DrawnRun[]): Panel {
  return {
    title: 'Tasks',
    unit: 'count',
    series: runs.flatMap((run) => (run.isSingleRun ? allTaskSeries(run) : comparedTaskSeries(run))),
    referenceLines: runs.length === 1 ? maxCapacityLine(runs[0]!) : [],
    minAxisMax: 2,
    wholeNumbersOnly: true,
    height: 'tall',
  };
}

function allTaskSeries(run: DrawnRun): Series[] {
  const { timeline } = run.outcome;
  return [
    { name: 'healthy', color: 'green', line: lineOfSnapshots(timeline, (row) => row.healthyCount), shape: 'filled' },
    { name: 'running', color: 'orange', line: lineOfSnapshots(timeline, (row) => row.runningCount), shape: 'solid' },
    { name: 'desired', color: 'blue', line: desiredLine(run.outcome), shape: 'dashed' },
  ];
}

function comparedTaskSeries(run: DrawnRun): Series[] {
  return [
    {
      name: seriesName(run, 'healthy'),
      color: run.color,
      line: lineOfSnapshots(run.outcome.timeline, (row) => row.healthyCount),
      shape: 'solid',
    },
    { name: 'desired', color: run.color, line: desiredLine(run.outcome), shape: 'dashed' },
  ];
}

/** The line of the desired count. It is drawn from the activities, which are exact to the second, not from the rows. */
function desiredLine({ activities, timeline }: Outcome): Line {
  const end = timeline.at(-1);
  if (end === undefined) return [];
  const first = activities[0]?.fromCapacity ?? end.desiredCount;
  const steps = activities.flatMap(({ startSeconds, fromCapacity, toCapacity }) => [
    { atSeconds: startSeconds, value: fromCapacity },
    { atSeconds: startSeconds, value: toCapacity },
  ]);
  return [{ atSeconds: 0, value: first }, ...steps, { atSeconds: end.atSeconds, value: end.desiredCount }];
}

function maxCapacityLine({ scenario }: DrawnRun): ReferenceLine[] {
  const { maxCapacity } = scenario.plan.policy;
  return [{ label: `maxCapacity ${maxCapacity}`, value: maxCapacity, kind: 'secondary', color: 'grey' }];
}

/** From this value on latencies are shown in seconds. */
const SECONDS_FROM_MILLIS = 10_000;

/** How the line of a percentile is drawn: in its color if there is one run, else in that of the run. */
const PERCENTILE_STYLES: Readonly<Record<LatencyPercentile, Pick<Series, 'color' | 'shape'>>> = {
  p50: { color: 'green', shape: 'solid' },
  p95: { color: 'red', shape: 'solid' },
  p99: { color: 'purple', shape: 'dashed' },
};

/** The percentiles of the latency. */
export function latencyPanel(runs: readonly DrawnRun[]): Panel {
  const inSeconds = runs.some(({ outcome }) =>
    outcome.timeline.some((row) => (row.p99Millis ?? row.p95Millis ?? 0) >= SECONDS_FROM_MILLIS),
  );
  const perMilli = inSeconds ? 0.001 : 1;
  return {
    title: 'Latency',
    unit: inSeconds ? 'seconds' : 'milliseconds',
    series: runs.flatMap((run) => (run.isSingleRun ? allLatencySeries(run, perMilli) : comparedLatencySeries(run, perMilli))),
    referenceLines: mergedReferenceLines(runs.flatMap((run) => referenceLinesOf(run, signalOf('TargetResponseTime'), 1000 * perMilli))),
    minAxisMax: perMilli,
    wholeNumbersOnly: false,
    height: 'tall',
  };
}

function allLatencySeries(run: DrawnRun, perMilli: number): Series[] {
  return [
    ...RANGED_PERCENTILES.flatMap(({ name }) => modelRangeSeries(run, name, perMilli)),
    ...LATENCY_PERCENTILES.map(({ name }) => ({ ...percentileSeries(run, name, perMilli), ...PERCENTILE_STYLES[name] })),
  ];
}

/** The median is left out: the high percentiles tell runs apart. */
function comparedLatencySeries(run: DrawnRun, perMilli: number): Series[] {
  return RANGED_PERCENTILES.map(({ name }) => percentileSeries(run, name, perMilli));
}

/** A percentile of the latency between the two latency models. */
function modelRangeSeries({ outcome: { timeline } }: DrawnRun, name: RangedPercentile, perMilli: number): Series[] {
  const [low, high] = [`${name}LowMillis`, `${name}HighMillis`] as const;
  if (timeline.every((row) => row[low] === row[high])) return [];
  const line = lineOfMeans(timeline, latencyIn(high, perMilli), latencyIn(low, perMilli));
  return [{ name: `${name} between the models`, color: PERCENTILE_STYLES[name].color, line, shape: 'area' }];
}

function percentileSeries(run: DrawnRun, name: LatencyPercentile, perMilli: number): Series {
  const line = lineOfMeans(run.outcome.timeline, latencyIn(`${name}Millis`, perMilli));
  return { name: seriesName(run, name), color: run.color, line, shape: PERCENTILE_STYLES[name].shape };
}

function latencyIn(name: keyof ClientLatencies | keyof LatencyRanges, perMilli: number): (row: TimelineRow) => number | undefined {
  return (row) => {
    const millis = row[name];
    return millis === undefined ? undefined : millis * perMilli;
  };
}
