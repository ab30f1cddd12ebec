import { execFileSync } from 'node:child_process';
import { isReady } from '../../../../bench/runtimes-here';
import { CONTAINER_ENGINES, type ContainerEngineName } from '../../../../cli/rehearsal/tasks/task-container';

/** The engines that answer on this machine, with an image of its Node built. The others are said to be skipped. */
export const ENGINES_HERE: readonly ContainerEngineName[] = CONTAINER_ENGINES.filter((engine) => isReady(engine, console.warn));

/** The names of all containers of an engine, running or not. */
export function containerNames(engine: ContainerEngineName): string[] {
  return execFileSync(engine, ['ps', '--all', '--format', '{{.Names}}'], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** The name of the container that a process of the engine's command runs. */
export function containerNameOf(processId: number): string {
  const words = execFileSync('ps', ['-o', 'args=', '-p', String(processId)], { encoding: 'utf8' });
  return /--name (\S+)/.exec(words)![1]!;
}
