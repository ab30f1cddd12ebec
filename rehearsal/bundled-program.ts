import { basename, join } from 'node:path';

/** The folder of the bundled command. */
const BUNDLE_FOLDER = 'lib-cli';

/**
 * The path of a bundled program that runs as a process or a thread of its own.
 *
 * Tests of the sources run it from the bundle too, so they test what is shipped.
 */
export function bundledProgram(name: 'task-supervisor' | 'load-worker' | 'image-recorder'): string {
  const bundle = basename(__dirname) === BUNDLE_FOLDER ? __dirname : join(__dirname, '..', BUNDLE_FOLDER);
  return join(bundle, `${name}.js`);
}
