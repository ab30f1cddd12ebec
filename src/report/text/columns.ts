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
