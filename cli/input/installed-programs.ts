import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { InputError } from '../../src/parse/input-error';

/** A program that public images contain, and that can be installed on a machine. */
export interface InstalledProgram {
  readonly name: string;
  readonly install: string;
}

/** The load generators of `LoadTest`, by the names of their images: the same versions run without them. */
const PROGRAMS_OF_IMAGES: Readonly<Record<string, InstalledProgram>> = {
  'grafana/k6': { name: 'k6', install: 'go install go.k6.io/k6@v1.8.1' },
  'locustio/locust': { name: 'locust', install: 'pip install locust==2.47.0' },
};

/** The program of a public image, or of an image that a Dockerfile builds from one. */
export function programOfImage(image: string, dockerfile?: string): InstalledProgram | undefined {
  const base = dockerfile === undefined ? image : (baseImageOf(dockerfile) ?? image);
  return PROGRAMS_OF_IMAGES[repositoryOf(base).replace(/^docker\.io\//, '')];
}

/** @throws InputError if the program is not on the PATH. */
export function checkInstalled({ name, install }: InstalledProgram, image: string, path = process.env['PATH'] ?? ''): void {
  if (path.split(delimiter).some((folder) => isExecutable(join(folder, name)))) return;
  throw new InputError([
    `${name} is not installed, which the image '${image}' starts: put it on the PATH of the emulation with ${install}`,
  ]);
}

/** An image name without tag and digest: its repository. */
export function repositoryOf(image: string): string {
  return image.replace(/@sha256:.*$/, '').replace(/:[^/:]*$/, '');
}

/**
 * Absolute folders of an image that a Dockerfile fills with files of the build folder itself, as `COPY main.js script.js /load-test/` does: without the
 * image, they are the build folder.
 */
export function copiedFolders(dockerfile: string): readonly string[] {
  return [...dockerfile.matchAll(/^COPY\s+((?:(?!--)[^\s/]+\s+)+)(\/\S+)\/\s*$/gm)].map((match) => match[2]!);
}

function baseImageOf(dockerfile: string): string | undefined {
  return [...dockerfile.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)/gm)].at(-1)?.[1]?.replaceAll(/\$\{(\w+)[^}]*\}/g, 'given');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
