import * as path from 'node:path';

/** The folder of this package: above `src`, and above `lib`, where this file is a part of a bundle. */
export const PACKAGE_FOLDER = path.join(__dirname, '..');
