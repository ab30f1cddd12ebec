import { basename, join } from 'node:path';

/** The folder that the command is bundled into. */
const BUNDLE = 'lib-cli';

/**
 * The path of a program that runs beside the command: a process or a thread of its own.
 *
 * Such programs always run from the bundle, also where the sources are tested,
 * so that what is tested is what is shipped.
 */
export function bundledProgram(name: 'task-keeper' | 'traffic-client'): string {
  const bundle = basename(__dirname) === BUNDLE ? __dirname : join(__dirname, '..', '..', BUNDLE);
  return join(bundle, `${name}.js`);
}
