import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ControlPlaneError } from './control-plane-error';

const MIN_MINOR_VERSION = 10;
const NAMES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const DESCRIBE = 'import sys, json; print(json.dumps([sys.executable, list(sys.version_info[:2])]))';
const INSTALL = 'install it from https://www.python.org/downloads/ or with your package manager, such as apt install python3 python3-venv';

/** A Python of this machine. */
export interface PythonInterpreter {
  readonly path: string;

  /** Such as `3.11`. */
  readonly version: string;
}

/** The first Python on the PATH that is new enough, with what makes virtual environments. */
export async function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<PythonInterpreter> {
  let reason = `Python 3.${MIN_MINOR_VERSION} or later was not found: ${INSTALL}`;
  for (const name of NAMES) {
    const found = await describe(name, environment);
    if (found === undefined) continue;
    const [path, [major, minor]] = found;
    if (major !== 3 || minor < MIN_MINOR_VERSION) {
      reason = `Python 3.${MIN_MINOR_VERSION} or later is needed, ${name} is ${major}.${minor}: ${INSTALL}`;
    } else if (await hasVenv(path, environment)) {
      return { path, version: `${major}.${minor}` };
    } else {
      reason = `${path} has no module venv: install it with your package manager, such as apt install python3-venv`;
    }
  }
  throw new ControlPlaneError(reason);
}

async function describe(name: string, env: NodeJS.ProcessEnv): Promise<[string, [number, number]] | undefined> {
  try {
    const { stdout } = await promisify(execFile)(name, ['-c', DESCRIBE], { env });
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

async function hasVenv(path: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await promisify(execFile)(path, ['-c', 'import venv, ensurepip'], { env });
    return true;
  } catch {
    return false;
  }
}
