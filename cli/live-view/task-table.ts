import { formatElapsed } from '../../src/parse/durations';
import { formatNumber } from '../../src/report/number-format';
import { bar } from './gauge';
import type { LiveTask, LiveTaskState } from './live-state';
import { alignRight, pad, type RenderContext, type StyledText, styled, type Tone, truncate, widthOf } from './styled-text';

/** The minimum width of a table, and the gap between two tables. */
const MIN_WIDTH = 44;
const GAP_WIDTH = 3;

/**
 * A table of tasks, or several side by side if necessary.
 *
 * If there are not enough rows, healthy tasks are summarized in one line.
 */
export function taskLines(tasks: readonly LiveTask[], rows: number, context: RenderContext): StyledText[] {
  if (rows < 2) return [];
  const rowsPerTable = rows - 1;
  const maxTables = Math.max(1, Math.floor((context.width + GAP_WIDTH) / (MIN_WIDTH + GAP_WIDTH)));
  const tableCount = Math.min(maxTables, Math.max(1, Math.ceil(tasks.length / rowsPerTable)));
  const tableContext = { ...context, width: Math.floor((context.width - GAP_WIDTH * (tableCount - 1)) / tableCount) };
  const columns = taskColumns(tasks, tableContext);
  const { shown, hidden } = fitTasks(tasks, tableCount * rowsPerTable);
  const entries = [
    ...shown.map((task) => taskRow(columns, (column) => column.cell(task), context)),
    ...(hidden.length > 0 ? [styled(hiddenSummary(hidden, context), 'dim')] : []),
  ];
  const heading = taskRow(columns, (column) => styled(column.heading, 'dim'), context);
  const height = Math.ceil(entries.length / tableCount);
  return sideBySide(
    Array.from({ length: tableCount }, (_, index) => [heading, ...entries.slice(index * height, (index + 1) * height)]),
    tableContext,
  );
}

/** The tasks that fit, in their order, and those that do not. */
function fitTasks(tasks: readonly LiveTask[], rows: number): { readonly shown: readonly LiveTask[]; readonly hidden: readonly LiveTask[] } {
  if (tasks.length <= rows) return { shown: tasks, hidden: [] };
  const isHealthy = ({ state }: LiveTask): boolean => state === 'healthy';
  const shownTasks = new Set([...tasks.filter((task) => !isHealthy(task)), ...tasks.filter(isHealthy)].slice(0, rows - 1));
  return { shown: tasks.filter((task) => shownTasks.has(task)), hidden: tasks.filter((task) => !shownTasks.has(task)) };
}

function hiddenSummary(tasks: readonly LiveTask[], { glyphs }: RenderContext): string {
  const states = [...new Set(tasks.map(({ state }) => state))];
  const counts = states.map((state) => `${tasks.filter((task) => task.state === state).length} ${state}`).join(', ');
  const percents = tasks.flatMap(({ cpuPercent }) => cpuPercent ?? []);
  const cpu = percents.length === 0 ? '' : `, CPU ${Math.round(Math.min(...percents))} to ${Math.round(Math.max(...percents))} %`;
  return `${glyphs.ellipsis} and ${counts}${cpu}`;
}

function sideBySide(tables: readonly (readonly StyledText[])[], { width, glyphs }: RenderContext): StyledText[] {
  const height = Math.max(...tables.map((table) => table.length));
  return Array.from({ length: height }, (_, line) =>
    tables.flatMap((table, index) => {
      const text = truncate(table[line] ?? [], width, glyphs.ellipsis);
      return index === tables.length - 1 ? text : pad(text, width + GAP_WIDTH, glyphs.ellipsis);
    }),
  );
}

/** A column of the table of tasks. */
export interface TaskColumn {
  readonly heading: string;
  readonly width: number;
  readonly isRightAligned?: boolean;
  readonly cell: (task: LiveTask) => StyledText;
}

/** A column that can be left out on a narrow screen: the higher the number, the sooner. */
interface OptionalColumn extends TaskColumn {
  readonly dropPriority: number;
}

const TONES: Readonly<Record<LiveTaskState, Tone>> = {
  launching: 'in-progress',
  starting: 'in-progress',
  healthy: 'good',
  unhealthy: 'bad',
  paused: 'bad',
  draining: 'warning',
  stopping: 'warning',
};

/** CPU and memory from this percentage on are highlighted. */
const BUSY_PERCENT = 90;
const PERCENT_WIDTH = 5;
const MAX_TEXT_WIDTH = 12;
const MIN_CPU_BAR_WIDTH = 6;
const MAX_CPU_BAR_WIDTH = 20;
const MAX_MEMORY_BAR_WIDTH = 12;
/** A shorter bar shows too little. */
const MIN_MEMORY_BAR_WIDTH = 4;
/** The bar of the CPU is left out after the age and the revision, and before the zone. */
const CPU_BAR_DROP_PRIORITY = 4;
/** The share of the remaining width that the bar of the CPU takes. */
const CPU_BAR_SHARE = 0.6;
const GAP = '  ';

/** As many columns as fit, with bars in the remaining width. */
export function taskColumns(tasks: readonly LiveTask[], context: RenderContext): readonly TaskColumn[] {
  const allColumns = (cpuBarWidth: number): OptionalColumn[] => [
    ...textColumns(tasks, context),
    ...percentColumns(tasks, cpuBarWidth, 0, context),
    requestsColumn(),
  ];
  const columns = columnsThatFit(allColumns(MIN_CPU_BAR_WIDTH), context.width, CPU_BAR_DROP_PRIORITY);
  const spareWidth = context.width - widthOfAll(columns);
  if (spareWidth < 0) return columnsThatFit(allColumns(0), context.width, 0);
  const hasMemory = columns.some(({ heading }) => heading === 'memory');
  const cpuBar = Math.min(MAX_CPU_BAR_WIDTH, MIN_CPU_BAR_WIDTH + Math.floor(spareWidth * (hasMemory ? CPU_BAR_SHARE : 1)));
  const memoryBarWidth = Math.min(MAX_MEMORY_BAR_WIDTH, spareWidth + MIN_CPU_BAR_WIDTH - cpuBar);
  const bars = percentColumns(tasks, cpuBar, memoryBarWidth < MIN_MEMORY_BAR_WIDTH ? 0 : memoryBarWidth, context);
  return columns.map((column) => bars.find(({ heading }) => heading === column.heading) ?? column);
}

/** The columns that fit: those with the highest drop priority are left out first, and those up to a drop priority never. */
function columnsThatFit(columns: readonly OptionalColumn[], width: number, maxKeptDropPriority: number): readonly OptionalColumn[] {
  const nextDropPriority = Math.max(...columns.map(({ dropPriority }) => dropPriority));
  if (widthOfAll(columns) <= width || nextDropPriority <= maxKeptDropPriority) return columns;
  return columnsThatFit(
    columns.filter(({ dropPriority }) => dropPriority !== nextDropPriority),
    width,
    maxKeptDropPriority,
  );
}

/** A row of the table: the cells, each at the width of its column. */
export function taskRow(columns: readonly TaskColumn[], textOf: (column: TaskColumn) => StyledText, { glyphs }: RenderContext): StyledText {
  return columns.flatMap((column, index) => {
    const text = truncate(textOf(column), column.width, glyphs.ellipsis);
    const cell = column.isRightAligned ? alignRight(text, column.width) : pad(text, column.width, glyphs.ellipsis);
    return index === columns.length - 1 ? cell : [...cell, ...styled(GAP)];
  });
}

function widthOfAll(columns: readonly TaskColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length);
}

function textColumns(tasks: readonly LiveTask[], context: RenderContext): OptionalColumn[] {
  const column = (heading: string, dropPriority: number, textOf: (task: LiveTask) => string | undefined): OptionalColumn[] => {
    const texts = new Map(tasks.map((task) => [task, styled(context.sanitize(textOf(task) ?? ''))]));
    const widest = Math.max(heading.length, ...[...texts.values()].map(widthOf));
    if (dropPriority > 0 && [...texts.values()].every((text) => text.length === 0)) return [];
    return [{ heading, width: Math.min(MAX_TEXT_WIDTH, widest), dropPriority, cell: (task) => texts.get(task) ?? [] }];
  };
  return [
    ...column('task', 0, ({ id }) => id),
    { heading: 'state', width: 9, dropPriority: 0, cell: ({ state }) => styled(state, TONES[state]) },
    ...column('zone', 3, ({ zone }) => zone),
    ...column('rev', 5, ({ revision }) => revision),
    { heading: 'age', width: 7, dropPriority: 6, isRightAligned: true, cell: ({ ageSeconds }) => styled(formatElapsed(ageSeconds), 'dim') },
  ];
}

function percentColumns(tasks: readonly LiveTask[], cpuBarWidth: number, memoryBarWidth: number, context: RenderContext): OptionalColumn[] {
  const column = (
    heading: string,
    dropPriority: number,
    barWidth: number,
    percentOf: (task: LiveTask) => number | undefined,
  ): OptionalColumn => ({
    heading,
    width: Math.max(heading.length, PERCENT_WIDTH + (barWidth > 0 ? barWidth + 1 : 0)),
    dropPriority,
    isRightAligned: barWidth <= 0,
    cell: (task) => percentCell(percentOf(task), barWidth, context),
  });
  const isMemoryKnown = tasks.some(({ memoryPercent }) => memoryPercent !== undefined);
  return [
    column('CPU', 0, cpuBarWidth, ({ cpuPercent }) => cpuPercent),
    ...(isMemoryKnown ? [column('memory', 2, memoryBarWidth, ({ memoryPercent }) => memoryPercent)] : []),
  ];
}

function percentCell(percent: number | undefined, barWidth: number, { glyphs }: RenderContext): StyledText {
  const isBusy = percent !== undefined && percent >= BUSY_PERCENT;
  const graphic = bar({ value: percent, fullScale: 100, width: Math.max(0, barWidth), tone: isBusy ? 'warning' : 'normal' }, glyphs);
  const number = percent === undefined ? styled('-', 'dim') : styled(`${Math.round(percent)} %`, isBusy ? 'warning' : 'plain');
  return [...graphic, ...styled(barWidth > 0 ? ' ' : ''), ...alignRight(number, PERCENT_WIDTH)];
}

function requestsColumn(): OptionalColumn {
  const cell = ({ servedRequestsPerSecond }: LiveTask): StyledText =>
    servedRequestsPerSecond === undefined ? styled('-', 'dim') : styled(formatNumber(Math.round(servedRequestsPerSecond)));
  return { heading: 'req/s', width: 6, dropPriority: 1, isRightAligned: true, cell };
}
