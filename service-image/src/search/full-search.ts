import type { Catalogue } from '../catalogue/catalogue.js';
import { Lists } from './lists.js';
import { NumberSearch } from './number-search.js';
import { pageOf, type Rows } from './ranking.js';
import { Scoreboard } from './scoreboard.js';
import type { Found, Query, Search } from './search.js';
import { WordIndex } from './word-index.js';
import { wordsOf } from './words.js';

/** The most pieces of a query; each costs a walk through its matches. */
const MAX_PIECES = 16;

/** Below this share of the catalogue, collecting and sorting places is faster than scanning all rows that do not match. */
const SPARSE = 1 / 64;

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
    const found = pageOf(board.rows, (line) => board.scoreOf(line), this.lineRows, query);
    board.clear();
    return found;
  }

  private readonly lineRows: Rows = {
    countOf: (line) => this.placesOf.lengthOf(line),
    firstPlaces: ({ score, rows }, count, wanted) =>
      count < this.catalogue.size * SPARSE ? this.collect(rows, count) : this.walk(score, wanted),
  };

  private collect(lines: readonly number[], count: number): Uint32Array {
    let filled = 0;
    for (const line of lines) {
      for (let index = 0; index < this.placesOf.lengthOf(line); index++) this.collected[filled++] = this.placesOf.item(line, index);
    }
    return this.collected.subarray(0, count).sort();
  }

  private walk(score: number, wanted: number): number[] {
    const { lineOf } = this.catalogue;
    const places: number[] = [];
    for (let place = 0; places.length < wanted; place++) {
      if (this.lineScores.scoreOf(lineOf[place]) === score) places.push(place);
    }
    return places;
  }
}
