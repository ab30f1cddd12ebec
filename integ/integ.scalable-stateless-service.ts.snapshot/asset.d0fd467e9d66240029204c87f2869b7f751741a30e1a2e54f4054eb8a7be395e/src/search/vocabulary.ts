/** How a piece of a query sits in a word, from the best to the weakest. */
export enum Fit {
  Whole = 3,
  Start = 2,
  Inside = 1,
}

/** Parts one word from the next; never part of a word. */
const GAP = '\n';

/**
 * A list of words in which pieces of words can be looked up.
 *
 * The words stand in one long text, so that one pass of the engine's substring search finds all that contain a piece,
 * wherever in the word it is.
 */
export class Vocabulary {
  private readonly text: string;

  /** Where each word starts, and where one more would. */
  private readonly starts: Uint32Array;

  constructor(words: readonly string[]) {
    this.text = GAP + words.join(GAP) + GAP;
    this.starts = new Uint32Array(words.length + 1);
    this.starts[0] = GAP.length;
    for (const [word, { length }] of words.entries()) this.starts[word + 1] = this.starts[word] + length + GAP.length;
  }

  /** Calls back with every word that contains the piece and how it fits, each word once, in the order of the list. */
  matching(piece: string, found: (word: number, fit: Fit) => void): void {
    let word = 0;
    let at = this.text.indexOf(piece);
    while (at >= 0) {
      while (this.starts[word + 1] <= at) word++;
      found(word, this.fit(word, at, piece.length));
      // where a word repeats a piece, its first appearance fits best.
      at = this.text.indexOf(piece, this.starts[word + 1]);
    }
  }

  private fit(word: number, at: number, length: number): Fit {
    if (at > this.starts[word]) return Fit.Inside;
    return at + length + GAP.length === this.starts[word + 1] ? Fit.Whole : Fit.Start;
  }
}
