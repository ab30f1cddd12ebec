import { type Catalogue, NO_NUMBER } from '../catalogue/catalogue.js';
import type { Found } from '../search/search.js';
import { decimal } from './decimal.js';

/** What the products of one line have in common, as JSON: all before the number in the name, and all after it. */
interface Frame {
  readonly before: string;
  readonly after: string;
}

/**
 * Writes responses as JSON without creating objects first.
 *
 * Nearly all text of a response is the same for every product of a line; it is escaped once, when it is first needed. A response is a
 * text with a character for each byte of its UTF-8: that is sent together with the headers, and needs no encoding.
 */
export class ResponseWriter {
  private readonly frames: Frame[] = [];

  constructor(private readonly catalogue: Catalogue) {}

  write({ places, total }: Found, milliseconds: number): string {
    let products = '';
    for (const place of places) products += products === '' ? this.product(place) : `,${this.product(place)}`;
    return `{"products":[${products}],"total_found":${total},"search_time":"${milliseconds.toFixed(2)} ms"}`;
  }

  /** The same response with the prices of its products. */
  addPrices(response: string, prices: unknown): string {
    return `${response.slice(0, -1)},"prices":${bytesOf(JSON.stringify(prices))}}`;
  }

  /** The ids of the products in a response. */
  idsIn(response: string): number[] {
    return (JSON.parse(response) as { products: { id: number }[] }).products.map(({ id }) => id);
  }

  private product(place: number): string {
    const { lineOf, numberOf, ids } = this.catalogue;
    this.frames[lineOf[place]] ??= this.frame(lineOf[place]);
    const { before, after } = this.frames[lineOf[place]];
    const number = numberOf[place] === NO_NUMBER ? '' : ` ${decimal(numberOf[place])}`;
    return `{"id":${decimal(ids[place])},${before}${number}${after}`;
  }

  private frame(line: number): Frame {
    const { name, category, description, brand } = this.catalogue.lines[line];
    // without its closing quote, because a number may follow.
    const before = JSON.stringify({ name }).slice(1, -2);
    const after = `",${JSON.stringify({ category, description, brand }).slice(1)}`;
    return { before: bytesOf(before), after: bytesOf(after) };
  }
}

/** A text with a character for each byte of the UTF-8 of the given one. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1');
}
