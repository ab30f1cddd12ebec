import { afterAll, beforeAll, expect, test } from 'vitest';
import { frame } from '../../cli/live-view/frame';
import type { ScalingMetric } from '../../src/metrics/metric';
import { SIGNALS, type Signal } from '../../src/metrics/signals';
import { csvOf } from '../../src/report/export-formats';
import type { ReportedRun } from '../../src/report/report';
import { svgOf } from '../../src/report/svg';
import { timelineLines } from '../../src/report/text/timeline-text';
import { liveState } from '../cli/live-view/states';
import { runOf } from '../report/runs';
import { cpuTarget, searchPlan } from '../search-plan';

/** The time for which a task works on a request: a signal that the package does not have, in one row. */
const WORKERS: Signal = {
  label: 'Workers',
  unit: 'percent',
  metrics: [{ name: 'WorkerUtilization' }],
  measure: ({ responseSeconds, healthyTargetSeconds }) =>
    healthyTargetSeconds > 0 ? Math.min(100, (100 * responseSeconds) / healthyTargetSeconds) : undefined,
  field: 'workerUtilizationPercent',
  column: { heading: 'workers %' },
  panel: { unit: '% of the time, on average', color: 'orange', minAxisMax: 100 },
};

const PLAN = searchPlan(2, 4, [cpuTarget(5, { name: 'Workers', metric: 'WorkerUtilization' as ScalingMetric })]);
const registry = SIGNALS as unknown as Signal[];
let run: ReportedRun;

beforeAll(() => {
  registry.push(WORKERS);
  run = runOf('rps 100 for 5m, rps 400 for 15m', PLAN);
});

afterAll(() => {
  registry.splice(registry.indexOf(WORKERS), 1);
});

function workersOf(row: object | undefined): number {
  return (row as { readonly workerUtilizationPercent: number }).workerUtilizationPercent;
}

test('a policy follows an added signal, and its activity names the metric', () => {
  const [first] = run.outcome.activities;
  expect(first).toMatchObject({ metric: 'WorkerUtilization', targetValue: 5, fromCapacity: 2 });
});

test('the timeline has its value in each row', () => {
  const values = run.outcome.timeline.map(workersOf);
  expect(values.every((value) => value > 0 && value <= 100)).toBe(true);
});

test('the text table has its column', () => {
  const [headings, first] = timelineLines(run.outcome.timeline);
  const end = headings!.indexOf('workers %') + 'workers %'.length;
  expect(first!.slice(0, end).split(/\s+/).at(-1)).toBe(workersOf(run.outcome.timeline[0]).toFixed(1));
});

test('the chart has its panel with the target', () => {
  const svg = svgOf({ title: 'Search', runs: [run] });
  expect(svg).toContain('% of the time, on average');
  expect(svg).toContain('target 5');
});

test('the CSV has its column', () => {
  const [headings, first] = csvOf({ title: 'Search', runs: [run] }).split('\r\n');
  const column = headings!.split(',').indexOf('workerUtilizationPercent');
  expect(Number(first!.split(',')[column])).toBeCloseTo(workersOf(run.outcome.timeline[0]), 3);
});

test('the live view has its gauge with the value and the target', () => {
  const { timeline } = run.outcome;
  const screen = frame(
    liveState({ plan: PLAN, timeline, latestValues: timeline[0] }),
    { columns: 120, rows: 40 },
    { hasColors: false, supportsUnicode: true },
  );
  const gauge = screen.find((line) => line.includes('Workers'));
  expect(gauge).toContain(`${Number(workersOf(timeline[0]).toFixed(1))} %`);
  expect(gauge).toContain('target 5');
});
