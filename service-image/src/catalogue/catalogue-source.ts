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
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly format: CatalogueFormat;
      readonly silenceSeconds: number;
    };

type ReadSource = Exclude<CatalogueSource, { kind: 'generated' }>;

/** Loads the catalogue, or throws a `CatalogueError`. */
export async function loadCatalogue(source: CatalogueSource): Promise<Catalogue> {
  if (source.kind === 'generated') return generateCatalogue(source);
  try {
    return await readCatalogue(await open(source), source.format);
  } catch (error) {
    throw new CatalogueError(`${catalogueName(source)}: ${reason(error as Error)}`, { cause: error });
  }
}

/** What a source is called in the log. */
export function catalogueName(source: ReadSource): string {
  return source.kind === 'file' ? source.path : `s3://${source.bucket}/${source.key}`;
}

async function open(source: ReadSource): Promise<Readable> {
  return source.kind === 's3' ? (await import('./s3-object.js')).openS3Object(source) : createReadStream(source.path);
}

function reason(error: Error): string {
  return error instanceof CatalogueError ? error.message : `the catalogue must be readable, got ${error.name}: ${error.message}`;
}
