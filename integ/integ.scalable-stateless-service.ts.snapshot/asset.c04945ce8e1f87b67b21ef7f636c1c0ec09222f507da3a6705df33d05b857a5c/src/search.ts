import type { Catalogue, Product } from './catalogue.js';

/** What one search found among the products it looked at. */
export interface SearchResult {
  /** The first matches, as many as were asked for. */
  products: Product[];

  /** How many matched, returned or not. */
  totalFound: number;
}

/** Finds products whose name or category contains the term, in upper or lower case. */
export type Search = (term: string, limit: number) => SearchResult;

/**
 * Returns a search that looks at exactly `sampleSize` products, each time starting where the last one stopped.
 *
 * The fixed sample makes the cost of a request known and adjustable; the moving start lets every product be found in turn.
 */
export function createSearch({ products, searchTexts }: Catalogue, sampleSize: number): Search {
  let start = 0;
  return (term, limit) => {
    const lowered = term.toLowerCase();
    const found: SearchResult = { products: [], totalFound: 0 };
    for (let looked = 0; looked < sampleSize; looked++) {
      const place = (start + looked) % products.length;
      if (!contains(searchTexts[place], lowered)) continue;
      found.totalFound++;
      if (found.totalFound <= limit) found.products.push(products[place]);
    }
    start = (start + sampleSize) % products.length;
    return found;
  };
}

/** Not `includes`, which leaps to the next letter that could match: three times faster for `zebra` than for `aurora`. */
function contains(text: string, lowered: string): boolean {
  return text.lastIndexOf(lowered) >= 0;
}
