import { execFileSync } from 'node:child_process';
import { isReady } from '../../../bench/runtimes-here';
import { CONTAINER_ENGINES, type ContainerEngineName } from '../../../rehearsal/task-runtime/task-container';

/** The engines that run on this machine, with an image of its Node built. A warning names those that are skipped. */
export const ENGINES_HERE: readonly ContainerEngineName[] = CONTAINER_ENGINES.filter((engine) => isReady(engine, console.warn));

/** The names of all containers of an engine, running or not. */
export function containerNames(engine: ContainerEngineName): string[] {
  return execFileSync(engine, ['ps', '--all', '--format', '{{.Names}}'], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** The name of the container that a process of the engine's command runs. */
export function containerNameOf(processId: number): string {
  const command = execFileSync('ps', ['-o', 'args=', '-p', String(processId)], { encoding: 'utf8' });
  return /--name (\S+)/.exec(command)![1]!;
}
