/**
 * Keeps the score of every row that matches all pieces of a query so far.
 *
 * It is created once and reused for each query; only the rows that a query has changed are reset.
 */
export class Scoreboard {
  /** The rows that match every finished piece. */
  rows: number[] = [];

  private touched: number[] = [];
  private isFirstPiece = true;
  private readonly totals: Uint16Array;
  private readonly bests: Uint8Array;

  constructor(size: number) {
    this.totals = new Uint16Array(size);
    this.bests = new Uint8Array(size);
  }

  /** 0 for a row that does not match. */
  scoreOf(row: number): number {
    return this.totals[row];
  }

  /** Keeps the best score of a row for the current piece. */
  add(row: number, score: number): void {
    const best = this.bests[row];
    if (score <= best) return;
    if (best === 0) {
      if (!this.isFirstPiece && this.totals[row] === 0) return;
      this.touched.push(row);
    }
    this.bests[row] = score;
  }

  /** Adds the piece's scores, and drops the rows it did not match. */
  finishPiece(): void {
    for (const row of this.rows) if (this.bests[row] === 0) this.totals[row] = 0;
    for (const row of this.touched) {
      this.totals[row] += this.bests[row];
      this.bests[row] = 0;
    }
    this.rows = this.touched;
    this.touched = [];
    this.isFirstPiece = false;
  }

  clear(): void {
    for (const row of this.rows) this.totals[row] = 0;
    this.rows = [];
    this.isFirstPiece = true;
  }
}
