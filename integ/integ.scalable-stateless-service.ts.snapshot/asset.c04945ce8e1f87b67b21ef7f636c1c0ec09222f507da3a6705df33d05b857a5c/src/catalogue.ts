import { BRANDS, CATEGORIES } from './assortment.js';
import { seededRandom } from './random.js';

/** One thing for sale. */
export interface Product {
  readonly id: number;
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly brand: string;
}

/** Everything for sale, held in memory. */
export interface Catalogue {
  readonly products: readonly Product[];

  /** What a search reads of the product at the same place in `products`. */
  readonly searchTexts: readonly string[];
}

/** What the products of one brand and kind share; nothing of it is copied, which keeps the catalogue small. */
interface ProductLine extends Omit<Product, 'id'> {
  readonly searchText: string;
}

/** Parts a category from a name; upper case, so that no lower-cased term can match across it. */
const DIVIDER = 'X';

/** Makes a catalogue of the given size; the same seed gives the same products. */
export function buildCatalogue({ size, seed }: { size: number; seed: number }): Catalogue {
  const random = seededRandom(seed);
  const lines = productLines();
  const products: Product[] = [];
  const searchTexts: string[] = [];
  for (let id = 1; id <= size; id++) {
    const { name, category, description, brand, searchText } = lines[Math.floor(random() * lines.length)];
    products.push({ id, name: numbered(name, id), category, description, brand });
    searchTexts.push(numbered(searchText, id));
  }
  return { products, searchTexts };
}

function productLines(): ProductLine[] {
  return CATEGORIES.flatMap(({ name: category, kinds, praise }) =>
    kinds.flatMap((kind) =>
      BRANDS.map((brand) => {
        const name = `${brand} ${kind}`;
        const description = `${kind} by ${brand}, ${praise}.`;
        return { name, category, description, brand, searchText: searchText(name, category) };
      }),
    ),
  );
}

/** Lower-cased once here rather than in every request; joined, so that a product costs one comparison whether it matches or not. */
function searchText(name: string, category: string): string {
  return `${category.toLowerCase()}${DIVIDER}${name.toLowerCase()}`;
}

/** Not `${text} ${id}`: the engine would keep that as two halves, twice the memory, until the first request reads it. */
function numbered(text: string, id: number): string {
  return [text, id].join(' ');
}
