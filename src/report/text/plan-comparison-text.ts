import type { Candidate } from '../../decide/candidate';
import type { Comparison, ComparisonRow } from '../../decide/compare';
import { RANGED_PERCENTILES } from '../../metrics/latency-percentiles';
import { formatElapsed } from '../../parse/durations';
import type { Band } from '../../simulation/band';
import { formatNumber, formatPercentage, formatWholeNumber } from '../number-format';
import { type Column, cellLines, headingLine, tableLine } from './columns';

/** A figure of the comparison and its format. */
interface ComparedFigure {
  readonly name: string;
  readonly band: (row: ComparisonRow) => Band | undefined;
  readonly format: (value: number) => string;
}

const FIGURES: readonly ComparedFigure[] = [
  { name: 'maximum tasks', band: ({ maxTasks }) => maxTasks, format: formatWholeNumber },
  { name: 'requests failed', band: ({ failedRequests }) => failedRequests, format: formatWholeNumber },
  // the failed requests of the row above as a share.
  { name: 'of all requests', band: ({ failedShare }) => failedShare, format: formatPercentage },
  { name: 'time over target', band: ({ secondsOverTarget }) => secondsOverTarget, format: formatElapsed },
  ...RANGED_PERCENTILES.map(
    ({ name }): ComparedFigure => ({ name: `${name} latency, ms`, band: (row) => row[`${name}Millis`], format: formatNumber }),
  ),
  { name: 'task-hours', band: ({ taskHours }) => taskHours, format: (hours) => hours.toFixed(2) },
  { name: 'tasks, $ per month', band: ({ taskDollarsPerMonth }) => taskDollarsPerMonth, format: (dollars) => dollars.toFixed(2) },
  { name: 'all, $ per month', band: ({ dollarsPerMonth }) => dollarsPerMonth, format: (dollars) => dollars.toFixed(2) },
];

/** A comparison of plans as the cells of a table: a row per figure below the row of the names, with a column per plan. */
export function planComparisonCells({ rows }: Pick<Comparison, 'rows'>): string[][] {
  const figures = FIGURES.map(({ name, band, format }) => [name, ...rows.map((row) => formatBand(band(row), format))]);
  return [['', ...rows.map(({ name }) => name)], ...figures];
}

/** A comparison of plans, with a column per plan. */
export function planComparisonLines(comparison: Comparison): string[] {
  return cellLines(planComparisonCells(comparison));
}

function formatBand(band: Band | undefined, format: (value: number) => string): string {
  if (band === undefined) return '-';
  const [low, median, high] = [band.low, band.median, band.high].map(format);
  return low === high ? median! : `${median} (${low} to ${high})`;
}

const COLUMNS: readonly Column<Candidate>[] = [
  { heading: '$ per month', cell: ({ dollarsPerMonth }) => dollarsPerMonth.median.toFixed(2) },
  { heading: '   missed', cell: ({ shareMissingObjective }) => formatPercentage(shareMissingObjective.high).replace('below ', '<') },
  ...RANGED_PERCENTILES.map(
    ({ name }): Column<Candidate> => ({ heading: `${name} ms`, cell: (row) => formatMedian(row[`${name}Millis`]) }),
  ),
  { heading: 'tasks', cell: ({ settings }) => `${settings.minCapacity}-${settings.maxCapacity}` },
  { heading: '  cpu', cell: ({ settings }) => String(settings.cpu) },
  { heading: 'memory', cell: ({ settings }) => String(settings.memoryMiB) },
  { heading: 'CPU %', cell: ({ settings }) => formatNumber(settings.targetCpuUtilizationPercent) },
  { heading: 'req/s/task', cell: ({ settings }) => formatNumber(settings.requestsPerSecondPerTask) },
  { heading: 'cooldowns', cell: ({ settings }) => `${settings.scaleOutCooldownSeconds}/${settings.scaleInCooldownSeconds} s` },
  { heading: 'objective', cell: ({ unmet }) => (unmet.length === 0 ? 'met' : 'not met') },
];

function formatMedian(band: Band | undefined): string {
  return band === undefined ? '-' : formatNumber(band.median);
}

/** The policies of a Pareto frontier: each costs more and misses the objective for fewer requests than the one before. */
export function recommendationLines(frontier: readonly Candidate[]): string[] {
  return [headingLine(COLUMNS), ...frontier.map((candidate) => tableLine(COLUMNS, candidate))];
}
