import { spawn } from 'node:child_process';
import type { ContainerEngine } from './container-engine';
import { controlGroupOf, type RunningContainer } from './container-usage';
import type { ControlGroup } from './control-group';
import { MEMORY_HOG, spawnMemoryHog } from './memory-hog';
import { unlessGone } from './proc-file';

/** What takes memory without end, in the words of what images hold: Node, or a shell and `tail`, which keeps what has no line ends. */
const HOGS = [
  ['node', '-e', MEMORY_HOG],
  ['sh', '-c', 'tail /dev/zero'],
];

/** Such as a program that is not there. */
const NOT_RUN = [125, 126, 127];

/**
 * Lets something in a container take memory until it is ended; settles then.
 *
 * Where the image holds nothing that could, a process of this machine takes the memory in the container's name, if that is permitted.
 */
export async function fillContainerMemory(
  engine: ContainerEngine,
  { name, running }: { readonly name: string; readonly running: RunningContainer },
): Promise<void> {
  for (const words of HOGS) if (!NOT_RUN.includes(await codeOf(engine, name, words))) return;
  const group = controlGroupOf(running);
  const hog = spawnMemoryHog();
  const isInside = group !== undefined && unlessGone(() => isTaken(group, hog.pid!));
  if (isInside !== true) hog.kill('SIGKILL');
  await new Promise((resolve) => hog.once('exit', resolve));
}

function isTaken(group: ControlGroup, processId: number): true {
  group.take(processId);
  return true;
}

function codeOf(engine: ContainerEngine, name: string, words: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(engine.name, ['exec', name, ...words], { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(NOT_RUN[0]!));
    child.once('exit', (code) => resolve(code ?? 0));
  });
}
