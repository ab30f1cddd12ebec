import type { Catalogue } from '../catalogue/catalogue.js';
import { createFullSearch } from './full-search.js';
import { createSampleSearch, sampleTexts } from './sample-search.js';
import type { Search } from './search.js';

/** What a search reads: the whole catalogue through an index, or a fixed number of products, which sets the cost of a request. */
export type SearchMode = { readonly name: 'full' } | { readonly name: 'sample'; readonly sampleSize: number };

export function createSearch(catalogue: Catalogue, mode: SearchMode): Search {
  if (mode.name === 'full') return createFullSearch(catalogue);
  // a catalogue that was read may have fewer products than a sample looks at, and none is looked at twice.
  return createSampleSearch(sampleTexts(catalogue), Math.min(mode.sampleSize, catalogue.size));
}
