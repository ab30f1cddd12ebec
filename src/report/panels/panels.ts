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

/** The p50 and p95 latency. */
export function latencyPanel(runs: readonly DrawnRun[]): Panel {
  const inSeconds = runs.some(({ outcome }) => outcome.timeline.some((row) => (row.p95Millis ?? 0) >= SECONDS_FROM_MILLIS));
  const perMilli = inSeconds ? 0.001 : 1;
  return {
    title: 'Latency',
    unit: inSeconds ? 'seconds' : 'milliseconds',
    series: runs.flatMap((run) => (run.isSingleRun ? allLatencySeries(run, perMilli) : [p95Series(run, perMilli)])),
    referenceLines: mergedReferenceLines(runs.flatMap((run) => referenceLinesOf(run, signalOf('TargetResponseTime'), 1000 * perMilli))),
    minAxisMax: perMilli,
    wholeNumbersOnly: false,
    height: 'tall',
  };
}

function allLatencySeries(run: DrawnRun, perMilli: number): Series[] {
  const line = lineOfMeans(run.outcome.timeline, latencyIn('p50Millis', perMilli));
  return [
    ...modelRangeSeries(run, perMilli),
    { name: 'p50', color: 'green', line, shape: 'solid' },
    { ...p95Series(run, perMilli), color: 'red' },
  ];
}

/** The p95 latency between the two latency models. */
function modelRangeSeries({ outcome: { timeline } }: DrawnRun, perMilli: number): Series[] {
  if (timeline.every(({ p95LowMillis, p95HighMillis }) => p95LowMillis === p95HighMillis)) return [];
  const line = lineOfMeans(timeline, latencyIn('p95HighMillis', perMilli), latencyIn('p95LowMillis', perMilli));
  return [{ name: 'p95 between the models', color: 'red', line, shape: 'area' }];
}

function p95Series(run: DrawnRun, perMilli: number): Series {
  const line = lineOfMeans(run.outcome.timeline, latencyIn('p95Millis', perMilli));
  return { name: seriesName(run, 'p95'), color: run.color, line, shape: 'solid' };
}

type LatencyField = 'p50Millis' | 'p95Millis' | 'p95LowMillis' | 'p95HighMillis';

function latencyIn(name: LatencyField, perMilli: number): (row: TimelineRow) => number | undefined {
  return (row) => {
    const millis = row[name];
    return millis === undefined ? undefined : millis * perMilli;
  };
}
