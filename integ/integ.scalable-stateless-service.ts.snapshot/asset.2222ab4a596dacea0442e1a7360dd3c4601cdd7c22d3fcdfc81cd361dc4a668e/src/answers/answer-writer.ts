import { type Catalogue, NO_NUMBER } from '../catalogue/catalogue.js';
import type { Found } from '../search/search.js';

/** What the products of one line have in common, as JSON: all before the number in the name, and all after it. */
interface Frame {
  readonly before: string;
  readonly after: string;
}

const ASCII = /^[\0-\x7f]*$/;

/**
 * Writes answers as JSON without making objects first.
 *
 * Nearly everything in an answer is the same text for every product of a line; it is escaped once, when it is first needed.
 */
export class AnswerWriter {
  private readonly frames: Frame[] = [];

  /** Latin-1 while every text was ASCII: the same bytes as UTF-8, written three times as fast. */
  private encoding: 'latin1' | 'utf8' = 'latin1';

  constructor(private readonly catalogue: Catalogue) {}

  write({ places, total }: Found, milliseconds: number): Buffer {
    const products = places.map((place) => this.product(place)).join(',');
    const text = `{"products":[${products}],"total_found":${total},"search_time":"${milliseconds.toFixed(2)} ms"}`;
    return Buffer.from(text, this.encoding);
  }

  /** The ids of the products in an answer. */
  idsIn(answer: Buffer): number[] {
    return (JSON.parse(answer.toString()) as { products: { id: number }[] }).products.map(({ id }) => id);
  }

  private product(place: number): string {
    const { lineOf, numberOf, ids } = this.catalogue;
    this.frames[lineOf[place]] ??= this.frame(lineOf[place]);
    const { before, after } = this.frames[lineOf[place]];
    const number = numberOf[place] === NO_NUMBER ? '' : ` ${numberOf[place]}`;
    return `{"id":${ids[place]},${before}${number}${after}`;
  }

  private frame(line: number): Frame {
    const { name, category, description, brand } = this.catalogue.lines[line];
    // without its closing quote, because a number may follow.
    const before = JSON.stringify({ name }).slice(1, -2);
    const after = `",${JSON.stringify({ category, description, brand }).slice(1)}`;
    if (!ASCII.test(before + after)) this.encoding = 'utf8';
    return { before, after };
  }
}
