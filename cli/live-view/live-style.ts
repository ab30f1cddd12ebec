import type { WriteStream } from 'node:tty';

/** The style of a live view. */
export interface LiveStyle {
  readonly hasColors: boolean;
  /** Whether the terminal can show Unicode. */
  readonly supportsUnicode: boolean;
}

/** The minimum size of a terminal for tasks, gauges and keys. */
export const MIN_COLUMNS = 60;
export const MIN_ROWS = 16;

/** The properties of a terminal. */
type Terminal = Pick<WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors'>;

/** Whether a screen can be redrawn in place: on a terminal that is not dumb, not too small, and not the log of a CI build. */
export function canShowLiveView(output: Pick<Terminal, 'isTTY' | 'columns' | 'rows'>, environment: NodeJS.ProcessEnv): boolean {
  if (!output.isTTY || environment['TERM'] === 'dumb' || isSet(environment['CI'])) return false;
  return !isTooSmall(output);
}

/** Whether a terminal is too small for tasks, gauges and keys. */
export function isTooSmall({ columns, rows }: Pick<Terminal, 'columns' | 'rows'>): boolean {
  return columns < MIN_COLUMNS || rows < MIN_ROWS;
}

/** A message that a terminal is too small for the live view; undefined if it is not, or if it cannot show one at any size. */
export function formatTooSmall(output: Pick<Terminal, 'isTTY' | 'columns' | 'rows'>, environment: NodeJS.ProcessEnv): string | undefined {
  const { columns, rows } = output;
  const isOnlySmall =
    columns > 0 && isTooSmall(output) && canShowLiveView({ isTTY: output.isTTY, columns: MIN_COLUMNS, rows: MIN_ROWS }, environment);
  if (!isOnlySmall) return undefined;
  return `lines instead of a screen: the terminal must have at least ${MIN_COLUMNS} columns and ${MIN_ROWS} rows, got ${columns} and ${rows}`;
}

/** Colors by NO_COLOR, FORCE_COLOR and the terminal, and Unicode by the locale. */
export function liveStyleOf(output: Pick<Terminal, 'hasColors'>, environment: NodeJS.ProcessEnv): LiveStyle {
  return { hasColors: output.hasColors(environment), supportsUnicode: supportsUnicode(environment) };
}

function supportsUnicode(environment: NodeJS.ProcessEnv): boolean {
  // the Linux console lacks most block characters in any locale.
  if (environment['TERM'] === 'linux') return false;
  const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find((value) => value !== undefined && value !== '');
  return locale === undefined ? isSet(environment['WT_SESSION']) : /utf-?8/i.test(locale);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

/** The characters of a live view. */
export interface Glyphs {
  /** A cell filled from the left, from empty to full. */
  readonly fill: readonly string[];
  /** Heights of a bar in one cell, from the lowest to the highest. */
  readonly heights: readonly string[];
  /** A cell of a bar that is not filled. */
  readonly track: string;
  /** The marks of a bar: a target, a scale-out threshold or the desired count; and a scale-in threshold or the minimum. */
  readonly upperMark: string;
  readonly lowerMark: string;
  /** Time that has passed, and time to come. */
  readonly past: string;
  readonly future: string;
  /** A datapoint that breaches, and one that does not. */
  readonly breaching: string;
  readonly notBreaching: string;
  /** The number of tasks increases. */
  readonly moreTasks: string;
  /** The number of tasks decreases. */
  readonly fewerTasks: string;
  /** A fault, a lost task or a failed deployment, and any other event. */
  readonly failure: string;
  readonly change: string;
  /** The number of tasks stays, though an alarm is in ALARM. */
  readonly unchanged: string;
  /** Between a number of tasks before and after a change. */
  readonly arrow: string;
  /** Between two texts of a line. */
  readonly dot: string;
  /** A horizontal line after a heading, and a vertical one between two columns. */
  readonly rule: string;
  readonly verticalRule: string;
  readonly ellipsis: string;
}

const UNICODE: Glyphs = {
  // lines and not blocks, so that adjacent rows are separate.
  fill: [' ', '╸', '━'],
  heights: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  track: '─',
  upperMark: '┃',
  lowerMark: '╎',
  past: '━',
  future: '─',
  breaching: '●',
  notBreaching: '○',
  moreTasks: '▲',
  fewerTasks: '▼',
  failure: '✗',
  change: '◆',
  unchanged: '=',
  arrow: '→',
  dot: '·',
  rule: '─',
  verticalRule: '│',
  ellipsis: '…',
};

const ASCII: Glyphs = {
  fill: [' ', '#'],
  heights: ['_', '.', '-', '=', '+', '*', '#'],
  track: '.',
  upperMark: '|',
  lowerMark: ':',
  past: '=',
  future: '-',
  breaching: '*',
  notBreaching: 'o',
  moreTasks: '^',
  fewerTasks: 'v',
  failure: 'x',
  change: '+',
  unchanged: '=',
  arrow: '->',
  dot: '-',
  rule: '-',
  verticalRule: '|',
  ellipsis: '~',
};

/** The Unicode characters, or the ASCII ones. */
export function glyphsFor(supportsUnicode: boolean): Glyphs {
  return supportsUnicode ? UNICODE : ASCII;
}
