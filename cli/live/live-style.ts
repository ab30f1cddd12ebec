import type { WriteStream } from 'node:tty';

/** How a live view is drawn. */
export interface LiveStyle {
  readonly hasColours: boolean;
  /** Whether the terminal shows more than ASCII. */
  readonly isUnicode: boolean;
}

/** The least terminal in which tasks, gauges and keys can be seen. */
export const LEAST_COLUMNS = 60;
export const LEAST_ROWS = 16;

/** What a style is read from. */
type Terminal = Pick<WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors'>;

/** Whether a screen can be redrawn in place: on a terminal that is not dumb, not too small, and not the log of a build. */
export function canShowLiveView(output: Pick<Terminal, 'isTTY' | 'columns' | 'rows'>, environment: NodeJS.ProcessEnv): boolean {
  if (!output.isTTY || environment['TERM'] === 'dumb' || isSet(environment['CI'])) return false;
  return !isTooSmall(output);
}

/** Whether there is too little room for tasks, gauges and keys. */
export function isTooSmall({ columns, rows }: Pick<Terminal, 'columns' | 'rows'>): boolean {
  return columns < LEAST_COLUMNS || rows < LEAST_ROWS;
}

/** Why a terminal that could show a live view does not; undefined where it does, or could at no size. */
export function tooSmallInWords(output: Pick<Terminal, 'isTTY' | 'columns' | 'rows'>, environment: NodeJS.ProcessEnv): string | undefined {
  const { columns, rows } = output;
  const isOnlySmall =
    columns > 0 && isTooSmall(output) && canShowLiveView({ isTTY: output.isTTY, columns: LEAST_COLUMNS, rows: LEAST_ROWS }, environment);
  if (!isOnlySmall) return undefined;
  return `lines instead of a screen: the terminal must have at least ${LEAST_COLUMNS} columns and ${LEAST_ROWS} rows, got ${columns} and ${rows}`;
}

/** Colours as NO_COLOR, FORCE_COLOR and the terminal want them, and Unicode where the locale has it. */
export function liveStyleOf(output: Pick<Terminal, 'hasColors'>, environment: NodeJS.ProcessEnv): LiveStyle {
  return { hasColours: output.hasColors(environment), isUnicode: isUnicode(environment) };
}

function isUnicode(environment: NodeJS.ProcessEnv): boolean {
  // the console of Linux has the letters of a locale and few of the blocks.
  if (environment['TERM'] === 'linux') return false;
  const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find((value) => value !== undefined && value !== '');
  return locale === undefined ? isSet(environment['WT_SESSION']) : /utf-?8/i.test(locale);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
