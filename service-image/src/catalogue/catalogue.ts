import type { Product, ProductLine } from './product.js';

/** The number of a name that ends without one. */
export const NO_NUMBER = 2 ** 32 - 1;

/** The columns of a catalogue; a product is a place in the last three. */
export interface CatalogueColumns {
  readonly lines: readonly ProductLine[];
  readonly lineOf: Uint32Array;
  readonly numberOf: Uint32Array;
  readonly ids: Uint32Array;
}

/**
 * Everything for sale, held in memory.
 *
 * A hundred thousand objects would take five times the memory and be walked by every garbage collection. A product is
 * therefore three numbers in typed arrays, of which one points to the text it shares with others, and becomes an object
 * only when it is read.
 */
export class Catalogue {
  readonly lines: readonly ProductLine[];
  readonly lineOf: Uint32Array;
  readonly numberOf: Uint32Array;
  readonly ids: Uint32Array;

  constructor({ lines, lineOf, numberOf, ids }: CatalogueColumns) {
    this.lines = lines;
    this.lineOf = lineOf;
    this.numberOf = numberOf;
    this.ids = ids;
  }

  get size(): number {
    return this.lineOf.length;
  }

  product(place: number): Product {
    const { category, description, brand } = this.line(place);
    return { id: this.ids[place], name: this.name(place), category, description, brand };
  }

  line(place: number): ProductLine {
    return this.lines[this.lineOf[place]];
  }

  name(place: number): string {
    return numbered(this.line(place).name, this.numberOf[place]);
  }
}

/** Not `${text} ${number}`: the engine would keep that as two halves, twice the memory, until it is first read. */
export function numbered(text: string, number: number): string {
  return number === NO_NUMBER ? text : [text, number].join(' ');
}
