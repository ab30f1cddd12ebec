import { basename, join } from 'node:path';

/** The folder of the bundled command. */
const BUNDLE_FOLDER = 'lib-cli';

/** The folder with the Python package of the control plane and its requirements: beside the bundled command, or here in the sources. */
export function controlPlaneFiles(): string {
  return basename(__dirname) === BUNDLE_FOLDER ? join(__dirname, 'control-plane') : __dirname;
}
