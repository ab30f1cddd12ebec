import { amount } from '../../src/report/amount';
import { clockTime } from '../../src/scenario/duration';
import { bar } from './bar';
import type { Canvas } from './canvas';
import type { LiveTask, LiveTaskState } from './live-state';
import { fitted, flushRight, type Line, padded, span, type Tone, widthOf } from './span';

/** A column of the table of tasks. */
export interface TaskColumn {
  readonly heading: string;
  readonly width: number;
  readonly isFlushRight?: boolean;
  readonly cell: (task: LiveTask) => Line;
}

/** A column that is left out where it gets narrow: the higher the number, the sooner. */
interface Choice extends TaskColumn {
  readonly dispensable: number;
}

const TONES: Readonly<Record<LiveTaskState, Tone>> = {
  launching: 'busy',
  starting: 'busy',
  healthy: 'good',
  unhealthy: 'bad',
  frozen: 'bad',
  draining: 'warning',
  stopping: 'warning',
};

/** A CPU or a memory this close to its limit is worth a second look. */
const BUSY_PERCENT = 90;
const PERCENT_WIDTH = 5;
const MOST_TEXT = 12;
const LEAST_CPU_BAR = 6;
const MOST_CPU_BAR = 20;
const MOST_MEMORY_BAR = 12;
/** A shorter one is no picture. */
const LEAST_MEMORY_BAR = 4;
/** The bar of the CPU goes before the zone does, and after the revision. */
const CPU_BAR_DISPENSABLE = 4;
/** Of what the other columns leave, so much is for the bar of the CPU. */
const CPU_SHARE = 0.6;
const GAP = '  ';

/** As many columns as fit, with bars in what is left of the width. */
export function taskColumns(tasks: readonly LiveTask[], canvas: Canvas): readonly TaskColumn[] {
  const all = (cpuBar: number): Choice[] => [...textColumns(tasks, canvas), ...percentColumns(tasks, cpuBar, 0, canvas), requests()];
  const columns = narrowed(all(LEAST_CPU_BAR), canvas.width, CPU_BAR_DISPENSABLE);
  const spare = canvas.width - widthOfAll(columns);
  if (spare < 0) return narrowed(all(0), canvas.width, 0);
  const hasMemory = columns.some(({ heading }) => heading === 'memory');
  const cpuBar = Math.min(MOST_CPU_BAR, LEAST_CPU_BAR + Math.floor(spare * (hasMemory ? CPU_SHARE : 1)));
  const memoryBar = Math.min(MOST_MEMORY_BAR, spare + LEAST_CPU_BAR - cpuBar);
  const bars = percentColumns(tasks, cpuBar, memoryBar < LEAST_MEMORY_BAR ? 0 : memoryBar, canvas);
  return columns.map((column) => bars.find(({ heading }) => heading === column.heading) ?? column);
}

/** The columns without those that have to go, the most dispensable first, and none of those that are no more dispensable than this. */
function narrowed(columns: readonly Choice[], width: number, keptDispensable: number): readonly Choice[] {
  const next = Math.max(...columns.map(({ dispensable }) => dispensable));
  if (widthOfAll(columns) <= width || next <= keptDispensable) return columns;
  return narrowed(
    columns.filter(({ dispensable }) => dispensable !== next),
    width,
    keptDispensable,
  );
}

/** A row of the table: what each column shows, at its width. */
export function taskRow(columns: readonly TaskColumn[], textOf: (column: TaskColumn) => Line, { glyphs }: Canvas): Line {
  return columns.flatMap((column, index) => {
    const text = fitted(textOf(column), column.width, glyphs.ellipsis);
    const cell = column.isFlushRight ? flushRight(text, column.width) : padded(text, column.width, glyphs.ellipsis);
    return index === columns.length - 1 ? cell : [...cell, ...span(GAP)];
  });
}

function widthOfAll(columns: readonly TaskColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length);
}

function textColumns(tasks: readonly LiveTask[], canvas: Canvas): Choice[] {
  const column = (heading: string, dispensable: number, textOf: (task: LiveTask) => string | undefined): Choice[] => {
    const texts = new Map(tasks.map((task) => [task, span(canvas.harmless(textOf(task) ?? ''))]));
    const widest = Math.max(heading.length, ...[...texts.values()].map(widthOf));
    if (dispensable > 0 && [...texts.values()].every((text) => text.length === 0)) return [];
    return [{ heading, width: Math.min(MOST_TEXT, widest), dispensable, cell: (task) => texts.get(task) ?? [] }];
  };
  return [
    ...column('task', 0, ({ id }) => id),
    { heading: 'state', width: 9, dispensable: 0, cell: ({ state }) => span(state, TONES[state]) },
    ...column('zone', 3, ({ zone }) => zone),
    ...column('rev', 5, ({ revision }) => revision),
    { heading: 'age', width: 7, dispensable: 6, isFlushRight: true, cell: ({ ageSeconds }) => span(clockTime(ageSeconds), 'faint') },
  ];
}

function percentColumns(tasks: readonly LiveTask[], cpuBar: number, memoryBar: number, canvas: Canvas): Choice[] {
  const column = (heading: string, dispensable: number, barWidth: number, percentOf: (task: LiveTask) => number | undefined): Choice => ({
    heading,
    width: Math.max(heading.length, PERCENT_WIDTH + (barWidth > 0 ? barWidth + 1 : 0)),
    dispensable,
    isFlushRight: barWidth <= 0,
    cell: (task) => percentCell(percentOf(task), barWidth, canvas),
  });
  const isMemoryKnown = tasks.some(({ memoryPercent }) => memoryPercent !== undefined);
  return [
    column('CPU', 0, cpuBar, ({ cpuPercent }) => cpuPercent),
    ...(isMemoryKnown ? [column('memory', 2, memoryBar, ({ memoryPercent }) => memoryPercent)] : []),
  ];
}

function percentCell(percent: number | undefined, barWidth: number, { glyphs }: Canvas): Line {
  const isBusy = percent !== undefined && percent >= BUSY_PERCENT;
  const picture = bar({ value: percent, top: 100, width: Math.max(0, barWidth), tone: isBusy ? 'warning' : 'calm' }, glyphs);
  const number = percent === undefined ? span('-', 'faint') : span(`${Math.round(percent)} %`, isBusy ? 'warning' : 'plain');
  return [...picture, ...span(barWidth > 0 ? ' ' : ''), ...flushRight(number, PERCENT_WIDTH)];
}

function requests(): Choice {
  const cell = ({ requestsPerSecond }: LiveTask): Line =>
    requestsPerSecond === undefined ? span('-', 'faint') : span(amount(Math.round(requestsPerSecond)));
  return { heading: 'req/s', width: 6, dispensable: 1, isFlushRight: true, cell };
}
