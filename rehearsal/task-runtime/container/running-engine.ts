import { execFileSync } from 'node:child_process';
import { CONTAINER_ENGINES, type ContainerEngineName } from '../task-container';

/** An engine that does not answer within this time is not running. */
const TIMEOUT_MILLIS = 10_000;

/** The first container engine that is installed and runs on this machine; undefined if none does. */
export function findRunningEngine(): ContainerEngineName | undefined {
  return CONTAINER_ENGINES.find((engine) => {
    try {
      // the command also exits with 0 if it cannot reach the daemon, unless a value of the daemon is asked for.
      execFileSync(engine, ['info', '--format', '{{json .}}'], { timeout: TIMEOUT_MILLIS, stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
}
