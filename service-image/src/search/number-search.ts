import { type Catalogue, NO_NUMBER } from '../catalogue/catalogue.js';
import type { Lists } from './lists.js';
import { pageOf, type Rows, rowsWith } from './ranking.js';
import { Scoreboard } from './scoreboard.js';
import type { Found, Query } from './search.js';
import { Vocabulary } from './vocabulary.js';
import { scoreInName, type WordIndex } from './word-index.js';

/** Searches product by product, because the number at the end of a name is the product's own. */
export class NumberSearch {
  private readonly numbers: Vocabulary;
  private readonly scores: Scoreboard;

  constructor(
    catalogue: Catalogue,
    private readonly words: WordIndex,
    private readonly placesOf: Lists,
  ) {
    this.numbers = Vocabulary.ofNumbers(catalogue.numberOf, NO_NUMBER);
    this.scores = new Scoreboard(catalogue.size);
  }

  find(pieces: readonly string[], query: Query): Found {
    const board = this.scores;
    for (const piece of pieces) {
      this.words.matching(piece, (line, score) => {
        for (let index = 0; index < this.placesOf.lengthOf(line); index++) board.add(this.placesOf.item(line, index), score);
      });
      this.numbers.matching(piece, (place, fit) => board.add(place, scoreInName(fit)));
      board.finishPiece();
    }
    const found = pageOf(board, this.placeRows, query);
    board.clear();
    return found;
  }

  private readonly placeRows: Rows = {
    countOf: () => 1,
    firstPlaces: ({ score }) => Uint32Array.from(rowsWith(score, this.scores)).sort(),
  };
}
