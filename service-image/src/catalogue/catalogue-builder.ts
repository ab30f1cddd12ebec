import { Catalogue, NO_NUMBER } from './catalogue.js';
import { CatalogueError } from './catalogue-error.js';
import type { Product, ProductLine } from './product.js';

/** A number that reads back as it was written. */
const NUMBERED = /^(.+) (0|[1-9]\d{0,8})$/s;

/** Collects products one by one, and keeps what they share once. */
export class CatalogueBuilder {
  private readonly lines: ProductLine[] = [];
  private readonly lineByName = new Map<string, number>();
  private readonly shared = new Map<string, string>();
  private readonly lineOf: number[] = [];
  private readonly numberOf: number[] = [];
  private readonly ids: number[] = [];
  private readonly lineNumbers: number[] = [];

  get size(): number {
    return this.ids.length;
  }

  /** `lineNumber` is where the product was read. */
  add({ id, name, category, description, brand }: Product, lineNumber: number): void {
    const [, stem = name, number] = NUMBERED.exec(name) ?? [];
    this.lineOf.push(
      this.lineFor({ name: stem, category: this.share(category), description: this.share(description), brand: this.share(brand) }),
    );
    this.numberOf.push(number === undefined ? NO_NUMBER : Number(number));
    this.ids.push(id);
    this.lineNumbers.push(lineNumber);
  }

  /** Fails where two products have the same id. */
  build(): Catalogue {
    const ids = Uint32Array.from(this.ids);
    this.rejectDuplicates(ids);
    return new Catalogue({
      lines: this.lines,
      lineOf: Uint32Array.from(this.lineOf),
      numberOf: Uint32Array.from(this.numberOf),
      ids,
    });
  }

  private rejectDuplicates(ids: Uint32Array): void {
    const sorted = ids.slice().sort();
    const duplicate = sorted.find((id, index) => id === sorted[index + 1]);
    if (duplicate === undefined) return;
    const first = ids.indexOf(duplicate);
    const [line, earlier] = [ids.indexOf(duplicate, first + 1), first].map((place) => this.lineNumbers[place]);
    throw new CatalogueError(`line ${line}: id must be one that no other product has, got ${duplicate} as in line ${earlier}`);
  }

  private lineFor(line: ProductLine): number {
    const known = this.lineByName.get(line.name);
    if (known !== undefined && isSame(this.lines[known], line)) return known;
    this.lines.push(line);
    this.lineByName.set(line.name, this.lines.length - 1);
    return this.lines.length - 1;
  }

  /** The same text read from two places is two texts to the engine, until one of them is let go. */
  private share(text: string): string {
    const known = this.shared.get(text);
    if (known === undefined) this.shared.set(text, text);
    return known ?? text;
  }
}

function isSame(one: ProductLine, other: ProductLine): boolean {
  return one.category === other.category && one.description === other.description && one.brand === other.brand;
}
