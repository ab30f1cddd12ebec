import { BRANDS, CATEGORIES } from './assortment.js';
import { Catalogue } from './catalogue.js';
import type { ProductLine } from './product.js';
import { seededRandom } from './random.js';

/** Makes a catalogue of the given size; the same seed gives the same products. */
export function generateCatalogue({ size, seed }: { size: number; seed: number }): Catalogue {
  const random = seededRandom(seed);
  const lines = productLines();
  const lineOf = new Uint32Array(size);
  const ids = new Uint32Array(size);
  for (let place = 0; place < size; place++) {
    lineOf[place] = Math.floor(random() * lines.length);
    ids[place] = place + 1;
  }
  return new Catalogue({ lines, lineOf, numberOf: ids, ids });
}

/** Every kind of product by every brand. */
function productLines(): ProductLine[] {
  return CATEGORIES.flatMap(({ name: category, kinds, praise }) =>
    kinds.flatMap((kind) =>
      BRANDS.map((brand) => ({ name: `${brand} ${kind}`, category, description: `${kind} by ${brand}, ${praise}.`, brand })),
    ),
  );
}
