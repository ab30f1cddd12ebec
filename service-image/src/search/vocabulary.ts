/** How a piece of a query sits in a word, from the best to the weakest. */
export enum Fit {
  Whole = 3,
  Start = 2,
  Inside = 1,
}

/** Parts one word from the next; never part of a word. */
const GAP = '\n';

const ZERO = '0'.charCodeAt(0);

/** Of a number of 32 bits. */
const MAX_DIGITS = 10;

/**
 * A list of words in which pieces of words can be looked up.
 *
 * The words are in one long text, so that one pass of the engine's substring search finds all that contain a piece,
 * wherever in the word it is.
 */
export class Vocabulary {
  private constructor(
    private readonly text: string,

    /** Where each word starts, and where one more would. */
    private readonly starts: Uint32Array,
  ) {}

  static of(words: readonly string[]): Vocabulary {
    const starts = new Uint32Array(words.length + 1);
    starts[0] = GAP.length;
    for (const [word, { length }] of words.entries()) starts[word + 1] = starts[word] + length + GAP.length;
    return new Vocabulary(GAP + words.join(GAP) + GAP, starts);
  }

  /** Of numbers in decimal; `none` is an empty word. Three times as fast as creating a string for each. */
  static ofNumbers(numbers: Uint32Array, none: number): Vocabulary {
    const starts = new Uint32Array(numbers.length + 1);
    const bytes = Buffer.allocUnsafeSlow(GAP.length + numbers.length * (MAX_DIGITS + GAP.length));
    let end = bytes.write(GAP);
    for (let word = 0; word < numbers.length; word++) {
      starts[word] = end;
      if (numbers[word] !== none) end = writeDecimal(numbers[word], bytes, end);
      bytes[end++] = GAP.charCodeAt(0);
    }
    starts[numbers.length] = end;
    return new Vocabulary(bytes.toString('latin1', 0, end), starts);
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

/** Returns where the digits end. */
function writeDecimal(number: number, bytes: Buffer, start: number): number {
  let end = start;
  let rest = number;
  let power = 1;
  while (power * 10 <= number) power *= 10;
  for (; power >= 1; power = (power / 10) | 0) {
    const digit = (rest / power) | 0;
    bytes[end++] = ZERO + digit;
    rest -= digit * power;
  }
  return end;
}
