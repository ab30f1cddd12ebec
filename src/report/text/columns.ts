/** A column of a table: its heading, and its cell in a row. */
export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => string;
}

/** Two spaces separate the columns; numbers are right-aligned. */
const GAP = '  ';

/** The line of headings. */
export function headingLine<Row>(columns: readonly Column<Row>[]): string {
  return columns.map((column) => column.heading).join(GAP);
}

/** The line of a row, each cell as wide as its heading. */
export function tableLine<Row>(columns: readonly Column<Row>[], row: Row): string {
  return columns.map((column) => column.cell(row).padStart(column.heading.length)).join(GAP);
}

/** Separates the columns of a table of cells. */
const CELL_GAP = '   ';

/** A table of cells as lines: each column is as wide as its longest cell; the first has names, the others have numbers. */
export function cellLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const padded = (text: string, column: number): string => (column === 0 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!));
  return rows.map((row) => row.map(padded).join(CELL_GAP).trimEnd());
}
