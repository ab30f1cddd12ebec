/** A search term, and which part of the matches to return. */
export interface Query {
  readonly term: string;
  readonly limit: number;
  readonly offset: number;
}

/** What one search found. */
export interface Found {
  /** Places in the catalogue, the best match first: as many as were asked for, from the offset on. */
  readonly places: number[];

  /** How many matched, returned or not. */
  readonly total: number;
}

/** Finds products. */
export type Search = (query: Query) => Found;
