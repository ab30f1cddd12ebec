import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The folder of this package. The bundled command is in `lib-cli`, this source in `cli/input`. */
export const PACKAGE_FOLDER = join(__dirname, basename(__dirname) === 'lib-cli' ? '..' : join('..', '..'));

/** The folder of the reference search service in this package, with its sources and its bundle. */
export const REFERENCE_SERVICE_FOLDER = join(PACKAGE_FOLDER, 'service-image');

/** The 14 search terms to request from the reference service in turn: some match many products, some few, one none. */
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

/** Whether a folder has the sources of the reference service, or a copy of them. */
export function isReferenceService(folder: string): boolean {
  const name = packageName(folder);
  return name !== undefined && name === packageName(REFERENCE_SERVICE_FOLDER);
}

/** The default paths to request from the service in a folder: `/`, or the search paths of the reference service. */
export function defaultPathsOf(folder: string | undefined): readonly string[] {
  return folder !== undefined && isReferenceService(folder)
    ? SEARCH_TERMS.map((term) => `/products/search?q=${encodeURIComponent(term)}`)
    : ['/'];
}

function packageName(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name : undefined;
}
