/**
 * Keeps the score of every row that matches all pieces of a query so far.
 *
 * It is created once and reused for each query; only the rows that a query has changed are reset.
 */
export class Scoreboard {
  /** The rows that match every finished piece, in its first places. */
  rows: Uint32Array;

  /** How many rows match every finished piece. */
  rowCount = 0;

  /** The score of each row; 0 for one that does not match. */
  readonly totals: Uint16Array;

  private touched: Uint32Array;
  private touchedCount = 0;
  private isFirstPiece = true;
  private readonly bests: Uint8Array;

  constructor(size: number) {
    this.rows = new Uint32Array(size);
    this.touched = new Uint32Array(size);
    this.totals = new Uint16Array(size);
    this.bests = new Uint8Array(size);
  }

  /** Keeps the best score of a row for the current piece. */
  add(row: number, score: number): void {
    const best = this.bests[row];
    if (score <= best) return;
    if (best === 0) {
      if (!this.isFirstPiece && this.totals[row] === 0) return;
      this.touched[this.touchedCount++] = row;
    }
    this.bests[row] = score;
  }

  /** Adds the piece's scores, and drops the rows it did not match. */
  finishPiece(): void {
    const { rows, touched, totals, bests } = this;
    for (let index = 0; index < this.rowCount; index++) if (bests[rows[index]] === 0) totals[rows[index]] = 0;
    for (let index = 0; index < this.touchedCount; index++) {
      totals[touched[index]] += bests[touched[index]];
      bests[touched[index]] = 0;
    }
    this.rows = touched;
    this.rowCount = this.touchedCount;
    this.touched = rows;
    this.touchedCount = 0;
    this.isFirstPiece = false;
  }

  clear(): void {
    for (let index = 0; index < this.rowCount; index++) this.totals[this.rows[index]] = 0;
    this.rowCount = 0;
    this.isFirstPiece = true;
  }
}
