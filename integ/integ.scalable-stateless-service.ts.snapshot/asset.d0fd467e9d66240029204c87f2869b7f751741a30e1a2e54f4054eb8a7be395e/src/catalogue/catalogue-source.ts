import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Catalogue } from './catalogue.js';
import { CatalogueError } from './catalogue-error.js';
import { type CatalogueFormat, readCatalogue } from './catalogue-reader.js';
import { generateCatalogue } from './generated-catalogue.js';

/** Where the products come from. */
export type CatalogueSource =
  | { readonly kind: 'generated'; readonly size: number; readonly seed: number }
  | { readonly kind: 'file'; readonly path: string; readonly format: CatalogueFormat }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string; readonly format: CatalogueFormat };

/** Loads the catalogue, or fails with a sentence. */
export async function loadCatalogue(source: CatalogueSource): Promise<Catalogue> {
  if (source.kind === 'generated') return generateCatalogue(source);
  const name = source.kind === 'file' ? source.path : `s3://${source.bucket}/${source.key}`;
  const stream = await open(source).catch((error) => {
    throw new CatalogueError(`${name}: the catalogue must be readable, got ${error.name}: ${error.message}`, { cause: error });
  });
  return readCatalogue(stream, source.format, name);
}

async function open(source: Exclude<CatalogueSource, { kind: 'generated' }>): Promise<Readable> {
  if (source.kind === 's3') return (await import('./s3-object.js')).openS3Object(source);
  const file = createReadStream(source.path);
  await once(file, 'open');
  return file;
}
