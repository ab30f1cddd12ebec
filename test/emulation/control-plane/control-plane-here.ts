import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from '../../../emulation/control-plane/start-control-plane';

/** Outside of the temporary folder of the tests, which is removed after each run: what is installed once is used again. */
export const CACHE_FOLDER = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'cdk-scalable-stateless-service-tests');

/** Whether there is a Python to test with. Prints what is skipped where there is none. */
export function hasPython(what: string): boolean {
  try {
    execFileSync('python3', ['-c', 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10)'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(`skipped: ${what}; it needs Python 3.10 or later with venv`);
    return false;
  }
}

/** A control plane of the sources. */
export function controlPlaneHere(): Promise<ControlPlane> {
  return startControlPlane({
    cacheFolder: CACHE_FOLDER,
    onProgress: () => undefined,
    onLog: (line) => process.env['SHOW_LOG'] && console.warn(line),
  });
}
