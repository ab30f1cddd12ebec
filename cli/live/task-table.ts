import type { Canvas } from './canvas';
import type { LiveTask } from './live-state';
import { fitted, type Line, padded, span } from './span';
import { taskColumns, taskRow } from './task-columns';

/** The least width of a table, and what parts two of them side by side. */
const LEAST_WIDTH = 44;
const GAP_WIDTH = 3;

/**
 * The tasks, one in a line below a line of headings, in as many tables side by side as it takes and there is room for.
 *
 * Where there are still more, those that are healthy are folded into one line: the others are the ones to look at.
 */
export function taskLines(tasks: readonly LiveTask[], rows: number, canvas: Canvas): Line[] {
  if (rows < 2) return [];
  const room = rows - 1;
  const most = Math.max(1, Math.floor((canvas.width + GAP_WIDTH) / (LEAST_WIDTH + GAP_WIDTH)));
  const tables = Math.min(most, Math.max(1, Math.ceil(tasks.length / room)));
  const narrow = { ...canvas, width: Math.floor((canvas.width - GAP_WIDTH * (tables - 1)) / tables) };
  const columns = taskColumns(tasks, narrow);
  const { shown, hidden } = folded(tasks, tables * room);
  const entries = [
    ...shown.map((task) => taskRow(columns, (column) => column.cell(task), canvas)),
    ...(hidden.length > 0 ? [span(summary(hidden, canvas), 'faint')] : []),
  ];
  const heading = taskRow(columns, (column) => span(column.heading, 'faint'), canvas);
  const height = Math.ceil(entries.length / tables);
  return sideBySide(
    Array.from({ length: tables }, (_, index) => [heading, ...entries.slice(index * height, (index + 1) * height)]),
    narrow,
  );
}

/** The tasks that fit, in their order, and those that do not. */
function folded(tasks: readonly LiveTask[], room: number): { readonly shown: readonly LiveTask[]; readonly hidden: readonly LiveTask[] } {
  if (tasks.length <= room) return { shown: tasks, hidden: [] };
  const isCalm = ({ state }: LiveTask): boolean => state === 'healthy';
  const kept = new Set([...tasks.filter((task) => !isCalm(task)), ...tasks.filter(isCalm)].slice(0, room - 1));
  return { shown: tasks.filter((task) => kept.has(task)), hidden: tasks.filter((task) => !kept.has(task)) };
}

function summary(tasks: readonly LiveTask[], { glyphs }: Canvas): string {
  const states = [...new Set(tasks.map(({ state }) => state))];
  const counts = states.map((state) => `${tasks.filter((task) => task.state === state).length} ${state}`).join(', ');
  const percents = tasks.flatMap(({ cpuPercent }) => cpuPercent ?? []);
  const cpu = percents.length === 0 ? '' : `, CPU ${Math.round(Math.min(...percents))} to ${Math.round(Math.max(...percents))} %`;
  return `${glyphs.ellipsis} and ${counts}${cpu}`;
}

function sideBySide(tables: readonly (readonly Line[])[], { width, glyphs }: Canvas): Line[] {
  const height = Math.max(...tables.map((table) => table.length));
  return Array.from({ length: height }, (_, line) =>
    tables.flatMap((table, index) => {
      const text = fitted(table[line] ?? [], width, glyphs.ellipsis);
      return index === tables.length - 1 ? text : padded(text, width + GAP_WIDTH, glyphs.ellipsis);
    }),
  );
}
