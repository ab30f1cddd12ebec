/** Where a glyph is drawn. */
interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A rectangle in parts of a cell: left, top, width, height. */
type Part = readonly [x: number, y: number, width: number, height: number];

const HEAVY = 0.16;
const LIGHT = 0.06;

const GLYPHS: Readonly<Record<string, readonly Part[]>> = {
  '━': [[0, 0.5 - HEAVY / 2, 1, HEAVY]],
  '╸': [[0, 0.5 - HEAVY / 2, 0.5, HEAVY]],
  '─': [[0, 0.5 - LIGHT / 2, 1, LIGHT]],
  '┃': [[0.36, 0, 0.28, 1]],
  '│': [[0.44, 0, 0.12, 1]],
  '╎': [
    [0.44, 0.05, 0.14, 0.35],
    [0.44, 0.6, 0.14, 0.35],
  ],
  ...Object.fromEntries([...'▁▂▃▄▅▆▇█'].map((glyph, index): [string, Part[]] => [glyph, [[0, 1 - (index + 1) / 8, 1, (index + 1) / 8]]])),
};

/** Whether a character is drawn, because fonts leave gaps in it. */
export function isBlock(character: string): boolean {
  return /[\u2500-\u259f]/.test(character);
}

/** A row of lines and bars as one path; neighbors that are alike are one rectangle. */
export function blocksOf(text: string, cell: Cell): string {
  return [...text.matchAll(/(.)\1*/gu)]
    .flatMap(({ 0: same, 1: glyph, index }) => {
      const parts = GLYPHS[glyph!];
      if (parts === undefined) throw new Error(`a picture cannot draw ${glyph}`);
      const isWide = parts.every(([, , width]) => width === 1);
      const columns = isWide ? [index] : [...same].map((_, at) => index + at);
      return columns.flatMap((column) => parts.map((part) => rectangle(part, cell, column, isWide ? same.length : 1)));
    })
    .join('');
}

function rectangle([x, y, width, height]: Part, cell: Cell, column: number, count: number): string {
  const number = (value: number): number => Number(value.toFixed(1));
  const wide = number(width * count * cell.width);
  return `M${number(cell.x + (column + x) * cell.width)} ${number(cell.y + y * cell.height)}h${wide}v${number(height * cell.height)}h${-wide}z`;
}
