import type { Found, Query } from './search.js';

/** Matching rows with the same score. */
interface Rank {
  readonly score: number;
  readonly rows: number[];
}

/** What a ranking reads of the rows: how many products each represents, and which come first in the catalogue. */
export interface Rows {
  countOf(row: number): number;
  firstPlaces(rank: Rank, count: number, wanted: number): number[] | Uint32Array;
}

/** The requested page of all matches: the best score first, and the order of the catalogue among equals. */
export function pageOf(matches: readonly number[], scoreOf: (row: number) => number, rows: Rows, { limit, offset }: Query): Found {
  const places: number[] = [];
  let total = 0;
  for (const rank of ranks(matches, scoreOf)) {
    const count = rank.rows.reduce((sum, row) => sum + rows.countOf(row), 0);
    const skip = Math.max(0, offset - total);
    const wanted = Math.min(count, skip + limit - places.length);
    if (wanted > skip) places.push(...rows.firstPlaces(rank, count, wanted).slice(skip, wanted));
    total += count;
  }
  return { places, total };
}

function ranks(matches: readonly number[], scoreOf: (row: number) => number): Rank[] {
  const byScore = new Map<number, number[]>();
  for (const row of matches) {
    const score = scoreOf(row);
    const known = byScore.get(score);
    if (known) known.push(row);
    else byScore.set(score, [row]);
  }
  return [...byScore].map(([score, rows]) => ({ score, rows })).sort((one, other) => other.score - one.score);
}
