import { join } from 'node:path';

/** The folder of this package: the command stands one level below it, as a source and as a bundle. */
export const PACKAGE_FOLDER = join(__dirname, '..');
