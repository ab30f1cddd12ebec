import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ControlPlaneError } from './control-plane-error';
import type { PythonInterpreter } from './python-interpreter';

/** Where an environment is made, and from what. */
export interface PythonEnvironmentOptions {
  readonly python: PythonInterpreter;
  readonly cacheFolder: string;

  /** The file with all packages, their versions and hashes. */
  readonly requirements: string;
  readonly onProgress: (message: string) => void;
}

/**
 * The Python of an environment with the required packages, which is made once for each content of the requirements.
 *
 * It is made in a folder that is renamed when it is complete: one that was interrupted is never used, and of two that are made at once the
 * first is.
 */
export async function pythonEnvironment({ python, cacheFolder, requirements, onProgress }: PythonEnvironmentOptions): Promise<string> {
  const digest = createHash('sha256').update(await readFile(requirements));
  const folder = join(cacheFolder, `python-${python.version}-${digest.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return executable(folder);
  await mkdir(cacheFolder, { recursive: true });
  const partial = await mkdtemp(`${folder}.`);
  try {
    onProgress(`installing the control plane into ${folder}`);
    await run(python.path, ['-m', 'venv', partial], 'make a Python environment');
    await run(executable(partial), ['-m', 'pip', 'install', ...PIP_OPTIONS, '--requirement', requirements], 'install moto');
    await rename(partial, folder).catch(() => undefined);
    return executable(folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Every package has to have one of its hashes, and none runs code to be installed. */
const PIP_OPTIONS = ['--quiet', '--disable-pip-version-check', '--no-input', '--no-compile', '--require-hashes', '--only-binary=:all:'];

function executable(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

async function run(command: string, parameters: readonly string[], purpose: string): Promise<void> {
  try {
    await promisify(execFile)(command, [...parameters], { maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    const reason = stderr.trim().split('\n').at(-1) || message;
    throw new ControlPlaneError(`cannot ${purpose}: ${reason.trim()}; check the disk and the connection to the Python Package Index`);
  }
}
