import type { Catalogue } from '../catalogue/catalogue.js';
import { Lists } from './lists.js';
import { NumberSearch } from './number-search.js';
import { pageOf, type Rank, type Rows, rowsWith } from './ranking.js';
import { Scoreboard } from './scoreboard.js';
import type { Found, Query, Search } from './search.js';
import { WordIndex } from './word-index.js';
import { wordsOf } from './words.js';

/** The most pieces of a query; each costs a walk through its matches. */
const MAX_PIECES = 16;

/** Above this share of the catalogue, places are not collected and sorted: scanning the catalogue for them is faster. */
const SPARSE = 1 / 64;

/** Sorting costs as much for each place and each doubling of their number as scanning so many rows. */
const ROWS_PER_COMPARISON = 6;

/** Returns a search over every product: each piece of the term must be part of a word of its name, brand, category or description. */
export function createFullSearch(catalogue: Catalogue): Search {
  const search = new FullSearch(catalogue);
  return (query) => search.find(query);
}

class FullSearch {
  private readonly words: WordIndex;
  private readonly placesOf: Lists;
  private readonly lineScores: Scoreboard;
  private readonly numbers: NumberSearch;

  /** Reused by each search. */
  private readonly collected: Uint32Array;

  constructor(private readonly catalogue: Catalogue) {
    const { lines, lineOf } = catalogue;
    this.words = new WordIndex(lines);
    this.placesOf = new Lists(lines.length, (add) => {
      for (let place = 0; place < lineOf.length; place++) add(lineOf[place], place);
    });
    this.lineScores = new Scoreboard(lines.length);
    this.collected = new Uint32Array(Math.ceil(catalogue.size * SPARSE));
    this.numbers = new NumberSearch(catalogue, this.words, this.placesOf);
  }

  find(query: Query): Found {
    const pieces = [...new Set(wordsOf(query.term))].slice(0, MAX_PIECES);
    // numbers at the end of a name differ within a line, so they are searched by product.
    if (pieces.some((piece) => /^\d+$/.test(piece))) return this.numbers.find(pieces, query);
    const board = this.lineScores;
    for (const piece of pieces) {
      this.words.matching(piece, (line, score) => board.add(line, score));
      board.finishPiece();
    }
    const found = pageOf(board, this.lineRows, query);
    board.clear();
    return found;
  }

  private readonly lineRows: Rows = {
    countOf: (line) => this.placesOf.lengthOf(line),
    firstPlaces: (rank, wanted) => (this.isSparse(rank, wanted) ? this.collect(rank) : this.walk(rank, wanted)),
  };

  /** Whether it is faster to sort the places of all its rows than to scan the catalogue until enough are found. */
  private isSparse({ count }: Rank, wanted: number): boolean {
    const { size } = this.catalogue;
    return count <= size * SPARSE && count * Math.log2(count + 1) * ROWS_PER_COMPARISON < (size * wanted) / count;
  }

  private collect({ score, count }: Rank): Uint32Array {
    let filled = 0;
    for (const line of rowsWith(score, this.lineScores)) {
      const length = this.placesOf.lengthOf(line);
      for (let index = 0; index < length; index++) this.collected[filled++] = this.placesOf.item(line, index);
    }
    return this.collected.subarray(0, count).sort();
  }

  private walk({ score }: Rank, wanted: number): number[] {
    const { lineOf } = this.catalogue;
    const { totals } = this.lineScores;
    const places: number[] = [];
    for (let place = 0; places.length < wanted; place++) if (totals[lineOf[place]] === score) places.push(place);
    return places;
  }
}
