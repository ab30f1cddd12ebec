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

/** SIGKILL, as an engine tells of it. */
const KILLED = 137;

/**
 * Lets something in a container take memory until the kernel ends it; settles then. Returns whether there was something that could.
 *
 * Where the image holds nothing, a process of this machine takes the memory in the container's name, if that is permitted.
 */
export async function fillContainerMemory(
  engine: ContainerEngine,
  { name, folder, running }: { readonly name: string; readonly folder: string; readonly running: RunningContainer },
): Promise<boolean> {
  for (const words of HOGS) if ((await codeOf(engine, ['exec', name, ...words], folder)) === KILLED) return true;
  const group = controlGroupOf(running);
  const hog = spawnMemoryHog();
  const isInside = group !== undefined && unlessGone(() => isTaken(group, hog.pid!)) === true;
  if (!isInside) hog.kill('SIGKILL');
  await new Promise((resolve) => hog.once('exit', resolve));
  return isInside;
}

function isTaken(group: ControlGroup, processId: number): true {
  group.take(processId);
  return true;
}

function codeOf(engine: ContainerEngine, words: readonly string[], folder: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const child = engine.spawn(words, folder);
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    child.once('error', () => resolve(undefined));
    child.once('exit', (code) => resolve(code ?? undefined));
  });
}
