import { type Canvas, canvasOf } from './canvas';
import { type Controls, footLines, helpLines } from './controls';
import { gaugeLines } from './gauges';
import { happeningLines } from './happenings';
import { headLine, progressLine } from './head';
import type { LiveState } from './live-state';
import type { LiveStyle } from './live-style';
import { paint } from './paint';
import { signalsOf } from './signals';
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

const NO_CONTROLS: Controls = { keys: 'none', showsHelp: false };

/** The lines of a screen that shows a state: never more than its rows, and none wider than its columns. */
export function frame(state: LiveState, size: FrameSize, style: LiveStyle, controls: Controls = NO_CONTROLS): string[] {
  const margin = size.columns >= 60 ? 1 : 0;
  const canvas = canvasOf(Math.max(0, size.columns - 2 * margin), style);
  const lines = composed(state, size.rows, canvas, controls).slice(0, Math.max(0, size.rows));
  return lines.map((line) => {
    const shown = line.length === 0 ? line : [...span(' '.repeat(margin)), ...line];
    return paint(merged(fitted(shown, size.columns, canvas.glyphs.ellipsis)), style.hasColours);
  });
}

function composed(state: LiveState, rows: number, canvas: Canvas, controls: Controls): Line[] {
  const signals = signalsOf(state.plan.policy, state.behavior);
  const top = [
    headLine(state, verdictsOf(state, signals, canvas.glyphs.becomes), canvas),
    progressLine(state, canvas),
    ...gaugeLines(state, signals, canvas),
  ];
  const foot = footLines(controls, canvas);
  const isRoomy = rows >= top.length + foot.length + 18;
  const blank: Line[] = isRoomy ? [[]] : [];
  const above = isRoomy ? [...top.slice(0, 2), [], ...top.slice(2), []] : top;
  const below = [...blank, ...foot];
  const room = rows - above.length - below.length;
  if (room < 2) return [...top.slice(0, Math.max(0, rows - foot.length)), ...foot];
  const body = controls.showsHelp ? [heading('Keys', canvas), ...helpLines(controls, canvas)] : bodyLines(state, room, canvas);
  const shown = body.slice(0, room);
  return [...above, ...shown, ...Array.from({ length: room - shown.length }, (): Line => []), ...below];
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
