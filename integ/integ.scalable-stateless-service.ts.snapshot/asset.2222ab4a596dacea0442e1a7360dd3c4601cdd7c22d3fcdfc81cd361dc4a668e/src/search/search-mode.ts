import type { Catalogue } from '../catalogue/catalogue.js';
import { createFullSearch } from './full-search.js';
import { createSampleSearch, sampleTexts } from './sample-search.js';
import type { Search } from './search.js';

/** What a search looks at: the whole catalogue by way of an index, or as many products as make a request as heavy as is wanted. */
export type SearchMode = { readonly name: 'full' } | { readonly name: 'sample'; readonly sampleSize: number };

export function createSearch(catalogue: Catalogue, mode: SearchMode): Search {
  if (mode.name === 'full') return createFullSearch(catalogue);
  // a catalogue that was read may have fewer products than a sample looks at, and none is looked at twice.
  return createSampleSearch(sampleTexts(catalogue), Math.min(mode.sampleSize, catalogue.size));
}
