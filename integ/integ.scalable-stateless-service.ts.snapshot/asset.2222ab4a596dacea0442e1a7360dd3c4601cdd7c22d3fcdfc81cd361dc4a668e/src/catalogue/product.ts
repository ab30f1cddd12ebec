/** One thing for sale. */
export interface Product {
  readonly id: number;
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly brand: string;
}

/** What several products share that differ in nothing but the number at the end of their names. */
export type ProductLine = Omit<Product, 'id'>;

/** Ids are kept in 32 bits; this one is used for none. */
export const MAX_ID = 2 ** 32 - 2;
