/** A part of a line in one color, and the column at which it begins. */
export interface Run {
  readonly text: string;
  readonly column: number;
  /** Left out: the colour of the terminal. */
  readonly color?: string;
  readonly isBold: boolean;
  readonly isInverse: boolean;
}

const COLORS: Readonly<Record<number, string>> = { 31: 'red', 32: 'green', 33: 'yellow', 34: 'blue', 36: 'cyan', 90: 'gray' };

/** The codes that a terminal reads as a color or a weight, and nothing else. */
const CODE = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`);

/** What a terminal shows for a line: its parts with their colors. Every character takes one column. */
export function runsOf(line: string): Run[] {
  const [start = '', ...rest] = line.split(CODE);
  const runs: Run[] = [];
  let style: Omit<Run, 'text' | 'column'> = { isBold: false, isInverse: false };
  let column = 0;
  const add = (text: string): void => {
    if (text.trim() !== '' || (style.isInverse && text !== '')) runs.push({ ...style, text, column });
    column += text.length;
  };
  add(start);
  for (let index = 0; index < rest.length; index += 2) {
    style = styleAfter(style, Number(rest[index]));
    add(rest[index + 1]!);
  }
  return runs;
}

function styleAfter(style: Omit<Run, 'text' | 'column'>, code: number): Omit<Run, 'text' | 'column'> {
  if (code === 1 || code === 22) return { ...style, isBold: code === 1 };
  if (code === 7 || code === 27) return { ...style, isInverse: code === 7 };
  if (code === 39) return { ...style, color: undefined };
  const color = COLORS[code];
  if (color === undefined) throw new Error(`a picture knows no code ${code} of a terminal`);
  return { ...style, color };
}
