import type { Scoreboard } from './scoreboard.js';
import type { Found, Query } from './search.js';

/** What a ranking reads of the rows: how many products each represents, and which come first in the catalogue. */
export interface Rows {
  countOf(row: number): number;

  /** The first places of the rows with a score, in the order of the catalogue: at least as many as are wanted. */
  firstPlaces(rank: Rank, wanted: number): ArrayLike<number>;
}

/** The matching rows with the same score. */
export interface Rank {
  readonly score: number;

  /** How many products they represent. */
  readonly count: number;
}

/** Of a query with 16 pieces, each of which is a whole word of a name. */
const MAX_SCORE = 256;

/** The number of products with each score; reused by each search. */
const counts = new Float64Array(MAX_SCORE + 1);

/** The requested page of all matches: the best score first, and the order of the catalogue among equals. */
export function pageOf(board: Scoreboard, rows: Rows, { limit, offset }: Query): Found {
  const max = count(board, rows);
  const places: number[] = [];
  let total = 0;
  for (let score = max; score > 0; score--) {
    if (counts[score] === 0) continue;
    const rank = { score, count: counts[score] };
    counts[score] = 0;
    const skip = Math.max(0, offset - total);
    const wanted = Math.min(rank.count, skip + limit - places.length);
    if (wanted > skip) addTo(places, rows.firstPlaces(rank, wanted), skip, wanted);
    total += rank.count;
  }
  return { places, total };
}

/** Counts the products with each score, and returns the highest. */
function count({ rows: matches, rowCount, totals }: Scoreboard, rows: Rows): number {
  let max = 0;
  for (let index = 0; index < rowCount; index++) {
    const score = totals[matches[index]];
    counts[score] += rows.countOf(matches[index]);
    if (score > max) max = score;
  }
  return max;
}

function addTo(places: number[], found: ArrayLike<number>, from: number, to: number): void {
  for (let index = from; index < to; index++) places.push(found[index]);
}

/** The matching rows with a score. */
export function* rowsWith(score: number, { rows, rowCount, totals }: Scoreboard): Generator<number> {
  for (let index = 0; index < rowCount; index++) if (totals[rows[index]] === score) yield rows[index];
}
