/** A column of a table: its heading, and what it shows of a row. */
export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => string;
}

/** Two spaces part the columns; numbers stand flush right below their headings. */
const GAP = '  ';

/** The line of headings in a terminal. */
export function headings<Row>(columns: readonly Column<Row>[]): string {
  return columns.map((column) => column.heading).join(GAP);
}

/** The line of a row in a terminal, each cell as wide as its heading. */
export function line<Row>(columns: readonly Column<Row>[], row: Row): string {
  return columns.map((column) => column.cell(row).padStart(column.heading.length)).join(GAP);
}
