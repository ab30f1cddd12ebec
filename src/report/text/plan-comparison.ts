import type { Band } from '../../forecast/band';
import type { Comparison, ComparisonRow } from '../../forecast/compare';
import { clockTime } from '../../scenario/duration';
import { amount, percentage, wholeNumber } from '../amount';

/** A figure of the comparison, and how it is said. */
interface Said {
  readonly name: string;
  readonly band: (row: ComparisonRow) => Band | undefined;
  readonly say: (value: number) => string;
}

const FIGURES: readonly Said[] = [
  { name: 'most tasks', band: ({ maxTasks }) => maxTasks, say: wholeNumber },
  { name: 'requests failed', band: ({ failedRequests }) => failedRequests, say: wholeNumber },
  { name: 'of all requests', band: ({ failedShare }) => failedShare, say: percentage },
  { name: 'time over target', band: ({ secondsOverTarget }) => secondsOverTarget, say: clockTime },
  { name: 'p95 latency, ms', band: ({ p95Millis }) => p95Millis, say: amount },
  { name: 'task-hours', band: ({ taskHours }) => taskHours, say: (hours) => hours.toFixed(2) },
  { name: 'tasks, $ a month', band: ({ taskDollarsPerMonth }) => taskDollarsPerMonth, say: (dollars) => dollars.toFixed(2) },
  { name: 'all, $ a month', band: ({ dollarsPerMonth }) => dollarsPerMonth, say: (dollars) => dollars.toFixed(2) },
];

/** Plans side by side, a column for each. */
export function planComparisonLines({ rows }: Comparison): string[] {
  const columns = [
    ['', ...FIGURES.map(({ name }) => name)],
    ...rows.map((row) => [row.name, ...FIGURES.map(({ band, say }) => inWords(band(row), say))]),
  ];
  const widths = columns.map((cells) => Math.max(...cells.map(({ length }) => length)));
  return columns[0]!.map((_, line) =>
    columns
      .map((cells, index) => padded(cells[line]!, widths[index]!, index === 0))
      .join('   ')
      .trimEnd(),
  );
}

function inWords(band: Band | undefined, say: (value: number) => string): string {
  if (band === undefined) return '-';
  const [low, median, high] = [band.low, band.median, band.high].map(say);
  return low === high ? median! : `${median} (${low} to ${high})`;
}

function padded(text: string, width: number, isName: boolean): string {
  return isName ? text.padEnd(width) : text.padStart(width);
}
