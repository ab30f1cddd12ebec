import { type Canvas, canvasOf } from './canvas';
import { type Controls, footLines } from './controls';
import { gaugeLines } from './gauges';
import { happeningLines } from './happenings';
import { headLine, progressLine } from './head';
import { helpPages } from './help';
import type { LiveState } from './live-state';
import { isTooSmall, LEAST_COLUMNS, type LiveStyle } from './live-style';
import { paint } from './paint';
import { signalsOf } from './signals';
import { smallLines } from './small-frame';
import { fitted, type Line, merged, padded, span } from './span';
import { taskLines } from './task-table';
import { verdictsOf } from './verdict';

/** A terminal's size in cells. */
export interface FrameSize {
  readonly columns: number;
  readonly rows: number;
}

/** From this width on, tasks and happenings stand side by side. */
const SIDE_BY_SIDE_COLUMNS = 132;
/** The least lines worth giving to what happened, below its heading. */
const LEAST_HAPPENINGS = 4;

/** With fewer lines than this for both there are only tasks. */
const LEAST_ROOM_FOR_BOTH = 9;

const NO_CONTROLS: Controls = { keys: 'none' };

/** The lines of a screen that shows a state: never more than its rows, and none wider than its columns. */
export function frame(state: LiveState, size: FrameSize, style: LiveStyle, controls: Controls = NO_CONTROLS): string[] {
  const canvas = canvasIn(size, style);
  const lines = composed(state, size, canvas, controls).slice(0, Math.max(0, size.rows));
  return lines.map((line) => {
    const shown = line.length === 0 ? line : [...span(' '.repeat(marginOf(size))), ...line];
    return paint(merged(fitted(shown, size.columns, canvas.glyphs.ellipsis)), style.hasColours);
  });
}

function marginOf({ columns }: FrameSize): number {
  return columns >= LEAST_COLUMNS ? 1 : 0;
}

function canvasIn(size: FrameSize, style: LiveStyle): Canvas {
  return canvasOf(Math.max(0, size.columns - 2 * marginOf(size)), style);
}

/** How many pages the help takes on a screen. */
export function helpPageCount(state: LiveState, size: FrameSize, style: LiveStyle, controls: Controls): number {
  const canvas = canvasIn(size, style);
  return helpOf(layoutOf(state, size, canvas, controls), size, canvas, controls).pages.length;
}

/** What stands on a screen, from the top to the bottom. */
interface Layout {
  readonly head: readonly Line[];
  readonly above: readonly Line[];
  /** The lines between what stands above and below. */
  readonly room: number;
  readonly below: readonly Line[];
}

function layoutOf(state: LiveState, size: FrameSize, canvas: Canvas, controls: Controls): Layout {
  const { rows } = size;
  const signals = signalsOf(state.plan.policy, state.behavior);
  const verdicts = verdictsOf(state, signals, canvas.glyphs.becomes);
  const isSmall = isTooSmall(size);
  const head = [headLine(state, verdicts, canvas), progressLine(state, canvas)];
  const top = isSmall ? smallLines(state, verdicts, signals, canvas) : [...head, ...gaugeLines(state, signals, canvas)];
  // what a key does to a task is not seen where there are no tasks to be seen.
  const foot = footLines(isSmall && controls.keys === 'all' ? { ...controls, keys: 'quit' } : controls, canvas);
  const isRoomy = rows >= top.length + foot.length + 18;
  const below = isRoomy ? [[], ...foot] : foot;
  const above = (isRoomy && !isSmall ? [...head, [], ...top.slice(head.length), []] : top).slice(0, Math.max(0, rows - below.length));
  return { head, above, room: Math.max(0, rows - above.length - below.length), below };
}

/** The help in place of tasks and happenings, or where that has not enough room, of everything but the first lines. */
function helpOf({ head, room }: Layout, size: FrameSize, canvas: Canvas, controls: Controls) {
  const pages = helpPages(controls, room, canvas);
  if (pages.length === 1) return { pages };
  const above = isTooSmall(size) ? [] : head;
  return { pages: helpPages(controls, size.rows - above.length, canvas), above };
}

function composed(state: LiveState, size: FrameSize, canvas: Canvas, controls: Controls): readonly Line[] {
  const layout = layoutOf(state, size, canvas, controls);
  const { above, room, below } = layout;
  const between = (lines: readonly Line[]): Line[] => {
    const shown = lines.slice(0, room);
    return [...above, ...shown, ...Array.from({ length: room - shown.length }, (): Line => []), ...below];
  };
  if (controls.helpPage === undefined) return between(isTooSmall(size) || room < 2 ? [] : bodyLines(state, room, canvas));
  const help = helpOf(layout, size, canvas, controls);
  const page = help.pages[Math.min(controls.helpPage, help.pages.length - 1)]!;
  return help.above === undefined ? between(page) : [...help.above, ...page];
}

function bodyLines(state: LiveState, room: number, canvas: Canvas): Line[] {
  if (canvas.width >= SIDE_BY_SIDE_COLUMNS - 2) return sideBySide(state, room, canvas);
  if (room < LEAST_ROOM_FOR_BOTH) return taskLines(state.tasks, room, canvas);
  const isRoomy = room >= state.tasks.length + LEAST_HAPPENINGS + 3;
  const between: Line[] = isRoomy ? [[], heading('Happened', canvas)] : [heading('Happened', canvas)];
  const tasks = taskLines(state.tasks, Math.max(2, Math.min(state.tasks.length + 1, room - LEAST_HAPPENINGS - between.length)), canvas);
  return [...tasks, ...between, ...happeningLines(state, room - tasks.length - between.length, canvas)];
}

function sideBySide(state: LiveState, room: number, canvas: Canvas): Line[] {
  const { ellipsis, side } = canvas.glyphs;
  const leftWidth = Math.floor(canvas.width * 0.54);
  const right = { ...canvas, width: canvas.width - leftWidth - 3 };
  const tasks = taskLines(state.tasks, room, { ...canvas, width: leftWidth });
  const happened = [span('Happened', 'faint'), ...happeningLines(state, room - 1, right)];
  return Array.from({ length: Math.max(tasks.length, happened.length) }, (_, index) => [
    ...padded(tasks[index] ?? [], leftWidth, ellipsis),
    ...span(` ${side} `, 'faint'),
    ...fitted(happened[index] ?? [], right.width, ellipsis),
  ]);
}

function heading(text: string, { width, glyphs }: Canvas): Line {
  return span(`${text} ${glyphs.rule.repeat(Math.max(0, width - text.length - 1))}`, 'faint');
}
