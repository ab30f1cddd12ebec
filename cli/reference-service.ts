import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from './package-folder';

/** Where the reference search service stands in this package, built. */
export const REFERENCE_SERVICE_FOLDER = join(PACKAGE_FOLDER, 'service-image');

/** The 14 search terms that the reference service is asked for in turn: some match often, some seldom, one never. */
const SEARCH_TERMS = [
  'electronics',
  'books',
  'home',
  'clothing',
  'sports',
  'toys',
  'alpha',
  'aurora',
  'delta',
  'granite',
  'headphones',
  'bicycle',
  'coffee maker',
  'no such product',
];

/** Whether a folder holds the sources of the reference service, or a copy of them. */
export function isReferenceService(folder: string): boolean {
  const name = packageName(folder);
  return name !== undefined && name === packageName(REFERENCE_SERVICE_FOLDER);
}

/** The paths to request of a service in a folder, where the caller names none. */
export function pathsOf(folder: string | undefined): readonly string[] {
  return folder !== undefined && isReferenceService(folder)
    ? SEARCH_TERMS.map((term) => `/products/search?q=${encodeURIComponent(term)}`)
    : ['/'];
}

function packageName(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name : undefined;
}
