import type { ProductLine } from '../catalogue/product.js';
import { Lists } from './lists.js';
import { type Fit, Vocabulary } from './vocabulary.js';
import { wordsOf } from './words.js';

/** What a word counts in each field: what a thing is called says more than what is written about it. */
const WEIGHTS = { name: 4, brand: 3, category: 2, description: 1 } as const;

/** More than any weight, so that how a word fits counts before the field it is in. */
const FIT_WEIGHT = 4;

/** What one piece of a query earns by a word in a name. */
export function scoreInName(fit: Fit): number {
  return fit * FIT_WEIGHT + WEIGHTS.name;
}

/** The weight is in the lowest bits of a list item, the line in those above. */
const WEIGHT_BITS = 3;
const WEIGHT_MASK = 2 ** WEIGHT_BITS - 1;

/**
 * Finds the product lines that contain a word, and the score of the word there.
 *
 * Lines rather than products: what a thousand products share is read once, which makes the index quick to build and small.
 */
export class WordIndex {
  private readonly vocabulary: Vocabulary;
  private readonly lines: Lists;

  constructor(lines: readonly ProductLine[]) {
    const words = new Map<string, number>();
    const entries: number[] = [];
    for (const [place, line] of lines.entries()) {
      for (const [word, weight] of weigh(line)) entries.push(numberFor(words, word), (place << WEIGHT_BITS) | weight);
    }
    this.vocabulary = Vocabulary.of([...words.keys()]);
    this.lines = new Lists(words.size, (add) => {
      for (let at = 0; at < entries.length; at += 2) add(entries[at], entries[at + 1]);
    });
  }

  /** Calls back with every line in which a word contains the piece, once for each such word. */
  matching(piece: string, found: (line: number, score: number) => void): void {
    const { lines } = this;
    this.vocabulary.matching(piece, (word, fit) => {
      const length = lines.lengthOf(word);
      for (let index = 0; index < length; index++) {
        const item = lines.item(word, index);
        found(item >>> WEIGHT_BITS, fit * FIT_WEIGHT + (item & WEIGHT_MASK));
      }
    });
  }
}

/** Every word of a line once, with its weight in the best field that has it. */
function weigh(line: ProductLine): Map<string, number> {
  const weights = new Map<string, number>();
  for (const field of ['description', 'category', 'brand', 'name'] as const) {
    for (const word of wordsOf(line[field])) weights.set(word, WEIGHTS[field]);
  }
  return weights;
}

function numberFor(words: Map<string, number>, word: string): number {
  const known = words.get(word);
  if (known !== undefined) return known;
  words.set(word, words.size);
  return words.size - 1;
}
