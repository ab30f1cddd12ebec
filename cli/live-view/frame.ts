import { styleText } from 'node:util';
import { formatElapsed } from '../../src/parse/durations';
import { formatWholeNumber } from '../../src/report/number-format';
import { type Controls, footLines } from './controls';
import { loggedEventLines } from './event-lines';
import { gaugeLines } from './gauges';
import { badgesIn, headLine, progressLine } from './header';
import { helpPages } from './help';
import { formatValue, type LiveSignal, signalsOf } from './live-signals';
import { fleetCounts, type LiveState } from './live-state';
import { isTooSmall, type LiveStyle, MIN_COLUMNS, MIN_ROWS } from './live-style';
import { type Status, statusesOf, waitingRequestsOf } from './status';
import {
  joinFitting,
  mergeAdjacentSpans,
  pad,
  type RenderContext,
  renderContextOf,
  type StyledText,
  styled,
  type Tone,
  truncate,
} from './styled-text';
import { taskLines } from './task-table';
import { wrap } from './wrap-text';

/** A terminal's size in cells. */
export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
}

/** From this width on, tasks and events are side by side. */
const SIDE_BY_SIDE_COLUMNS = 132;
/** The minimum number of lines for events, below their heading. */
const MIN_EVENT_LINES = 4;

/** With at least as many lines as this for tasks and events, blank lines separate the parts of the screen. */
const MIN_ROWS_FOR_BLANK_LINES = 18;

/** The minimum number of lines for tasks and events; with fewer, only tasks are shown. */
const MIN_ROWS_FOR_BOTH = 9;

const NO_CONTROLS: Controls = { keys: 'none' };

/** Draws a state as the lines of a screen: at most as many as it has rows, each at most as wide as its columns. */
export function frame(state: LiveState, size: FrameSize, style: LiveStyle, controls: Controls = NO_CONTROLS): string[] {
  const context = contextOf(size, style);
  const lines = screenLines(state, size, context, controls).slice(0, Math.max(0, size.rows));
  return lines.map((line) => {
    const lineWithMargin = line.length === 0 ? line : [...styled(' '.repeat(marginOf(size))), ...line];
    return paint(mergeAdjacentSpans(truncate(lineWithMargin, size.columns, context.glyphs.ellipsis)), style.hasColors);
  });
}

function marginOf({ columns }: FrameSize): number {
  return columns >= MIN_COLUMNS ? 1 : 0;
}

function contextOf(size: FrameSize, style: LiveStyle): RenderContext {
  return renderContextOf(Math.max(0, size.columns - 2 * marginOf(size)), style);
}

/** The number of pages of the help on a screen. */
export function helpPageCount(state: LiveState, size: FrameSize, style: LiveStyle, controls: Controls): number {
  const context = contextOf(size, style);
  return helpOf(layoutOf(state, size, context, controls), size, context, controls).pages.length;
}

/** The parts of a screen, from top to bottom: the lines above, the tasks and events or the help, and the lines below. */
interface Layout {
  readonly headLines: readonly StyledText[];
  readonly linesAbove: readonly StyledText[];
  /** The number of lines between those above and those below. */
  readonly bodyRows: number;
  readonly linesBelow: readonly StyledText[];
}

function layoutOf(state: LiveState, size: FrameSize, context: RenderContext, controls: Controls): Layout {
  const { rows } = size;
  const signals = signalsOf(state.plan.policy, state.behavior);
  const statuses = statusesOf(state, signals, context.glyphs.arrow);
  const isSmall = isTooSmall(size);
  const headLines = [headLine(state, statuses, context), progressLine(state, context)];
  const top = isSmall ? smallLines(state, statuses, signals, context) : [...headLines, ...gaugeLines(state, signals, context)];
  // the effect of a fault is not visible on a screen without tasks.
  const foot = footLines(isSmall && controls.keys === 'all' ? { ...controls, keys: 'quit' } : controls, context);
  const hasSpareRows = rows >= top.length + foot.length + MIN_ROWS_FOR_BLANK_LINES;
  const linesBelow = hasSpareRows ? [[], ...foot] : foot;
  const linesAbove = (hasSpareRows && !isSmall ? [...headLines, [], ...top.slice(headLines.length), []] : top).slice(
    0,
    Math.max(0, rows - linesBelow.length),
  );
  return { headLines, linesAbove, bodyRows: Math.max(0, rows - linesAbove.length - linesBelow.length), linesBelow };
}

/** The help in place of tasks and events, or if that is too small, of everything but the first lines. */
function helpOf({ headLines, bodyRows }: Layout, size: FrameSize, context: RenderContext, controls: Controls) {
  const pages = helpPages(controls, bodyRows, context);
  if (pages.length === 1) return { pages };
  const linesAbove = isTooSmall(size) ? [] : headLines;
  return { pages: helpPages(controls, size.rows - linesAbove.length, context), linesAbove };
}

function screenLines(state: LiveState, size: FrameSize, context: RenderContext, controls: Controls): readonly StyledText[] {
  const layout = layoutOf(state, size, context, controls);
  const { linesAbove, bodyRows, linesBelow } = layout;
  const withBody = (lines: readonly StyledText[]): StyledText[] => {
    const shown = lines.slice(0, bodyRows);
    return [...linesAbove, ...shown, ...Array.from({ length: bodyRows - shown.length }, (): StyledText => []), ...linesBelow];
  };
  if (controls.helpPage === undefined) return withBody(isTooSmall(size) || bodyRows < 2 ? [] : bodyLines(state, bodyRows, context));
  const help = helpOf(layout, size, context, controls);
  const page = help.pages[Math.min(controls.helpPage, help.pages.length - 1)]!;
  return help.linesAbove === undefined ? withBody(page) : [...help.linesAbove, ...page];
}

function bodyLines(state: LiveState, rows: number, context: RenderContext): StyledText[] {
  if (context.width >= SIDE_BY_SIDE_COLUMNS - 2) return sideBySide(state, rows, context);
  if (rows < MIN_ROWS_FOR_BOTH) return taskLines(state.tasks, rows, context);
  const hasSpareRows = rows >= state.tasks.length + MIN_EVENT_LINES + 3;
  const separator: StyledText[] = hasSpareRows ? [[], heading('Events', context)] : [heading('Events', context)];
  const tasks = taskLines(state.tasks, Math.max(2, Math.min(state.tasks.length + 1, rows - MIN_EVENT_LINES - separator.length)), context);
  return [...tasks, ...separator, ...loggedEventLines(state, rows - tasks.length - separator.length, context)];
}

function sideBySide(state: LiveState, rows: number, context: RenderContext): StyledText[] {
  const { ellipsis, verticalRule } = context.glyphs;
  const leftWidth = Math.floor(context.width * 0.54);
  const right = { ...context, width: context.width - leftWidth - 3 };
  const tasks = taskLines(state.tasks, rows, { ...context, width: leftWidth });
  const events = [styled('Events', 'dim'), ...loggedEventLines(state, rows - 1, right)];
  return Array.from({ length: Math.max(tasks.length, events.length) }, (_, index) => [
    ...pad(tasks[index] ?? [], leftWidth, ellipsis),
    ...styled(` ${verticalRule} `, 'dim'),
    ...truncate(events[index] ?? [], right.width, ellipsis),
  ]);
}

function heading(text: string, { width, glyphs }: RenderContext): StyledText {
  return styled(`${text} ${glyphs.rule.repeat(Math.max(0, width - text.length - 1))}`, 'dim');
}

const NEEDED_SIZE = `For tasks and gauges: ${MIN_COLUMNS} columns, ${MIN_ROWS} rows.`;

/** The lines on a terminal that is too small for gauges: the state as text, the most important values first, and the size that is needed. */
export function smallLines(
  state: LiveState,
  statuses: readonly Status[],
  signals: readonly LiveSignal[],
  context: RenderContext,
): StyledText[] {
  const { width } = context;
  const { nowSeconds, totalSeconds, latestValues, totals } = state;
  const { healthy, desired } = fleetCounts(state);
  const waiting = waitingRequestsOf(state);
  const values = signals.flatMap(({ name, metric, valueIn }) => {
    const latestValue = valueIn(latestValues) ?? valueIn(state.timeline.at(-1) ?? {});
    return latestValue === undefined ? [] : [styled(`${name} ${formatValue(metric, latestValue)}`)];
  });
  const { servedRequestsPerSecond, p95Millis } = latestValues;
  return [
    badgesIn(statuses, width),
    joinFitting(
      [styled(`${formatElapsed(nowSeconds)} of ${formatElapsed(totalSeconds)}`), styled(`${healthy} of ${desired} tasks healthy`)],
      width,
    ),
    joinFitting(values, width),
    joinFitting(
      [
        styled(servedRequestsPerSecond === undefined ? '' : `${formatWholeNumber(servedRequestsPerSecond)}/s served`),
        styled(`${formatWholeNumber(totals.failedRequests)} failed`),
        styled(p95Millis === undefined ? '' : `p95 ${formatWholeNumber(p95Millis)} ms`),
        styled(waiting.count === 0 ? '' : `${formatWholeNumber(waiting.count)} waiting`),
      ].filter((line) => line.length > 0),
      width,
    ),
    ...wrap(NEEDED_SIZE, width).map((text) => styled(text, 'dim')),
  ];
}

type Format = Parameters<typeof styleText>[0];

/** The sixteen standard colors, which the user's terminal theme defines. */
const FORMATS: Readonly<Record<Tone, Format | undefined>> = {
  plain: undefined,
  bold: 'bold',
  dim: 'gray',
  link: 'cyan',
  normal: 'blue',
  good: 'green',
  'in-progress': 'cyan',
  warning: 'yellow',
  bad: 'red',
  'good badge': ['green', 'bold'],
  'in-progress badge': ['inverse', 'cyan', 'bold'],
  'warning badge': ['inverse', 'yellow', 'bold'],
  'bad badge': ['inverse', 'red', 'bold'],
};

/** A line as text for a terminal, with escape sequences for colors. */
export function paint(line: StyledText, hasColors: boolean): string {
  return line.map(({ text, tone }) => (hasColors ? painted(text, FORMATS[tone]) : text)).join('');
}

function painted(text: string, format: Format | undefined): string {
  return format === undefined ? text : styleText(format, text, { validateStream: false });
}
