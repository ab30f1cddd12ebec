import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ImageBuild } from '../../rehearsal/task-runtime/container/container-runtime';
import { InputError } from '../../src/parse/input-error';

/** The file of `--dockerfile`, and its directory. */
export interface GivenDockerfile {
  readonly folder: string;
  readonly name: string;
}

/**
 * Finds the file of `--dockerfile`, which may also be the directory of a file with the usual name.
 *
 * @throws InputError if there is no such file.
 */
export function findDockerfile(given: string): GivenDockerfile {
  const isFolder = statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = resolve(isFolder ? join(given, 'Dockerfile') : given);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new InputError([`--dockerfile must be a file, or a directory with a Dockerfile, got '${given}'`]);
  return { folder: dirname(file), name: basename(file) };
}

/** How its image is built: in its directory, under a name of its own. */
export function buildOfDockerfile(given: string): ImageBuild {
  const { folder, name } = findDockerfile(given);
  const hash = `dockerfile-${createHash('sha256').update(join(folder, name)).digest('hex').slice(0, 16)}`;
  return { kind: 'build', hash, folder, dockerfile: name, arguments: {}, buildContexts: {}, secrets: {} };
}
