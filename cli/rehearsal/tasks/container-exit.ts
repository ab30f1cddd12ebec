import { constants } from 'node:os';
import type { ContainerEngine } from './container-engine';
import type { TaskExit } from './task-exit';

/** A shell, and an engine, adds the number of the signal to this. */
const SIGNALLED = 128;

/** Learns how a container ended, and removes it. */
export async function containerExit(
  engine: ContainerEngine,
  name: string,
  clientCode: number | null,
): Promise<Omit<TaskExit, 'lastOutput'>> {
  const words = await engine.ask('inspect', '--type', 'container', '--format', STATE, name).catch(() => '');
  await engine.remove(name);
  const [code, isOutOfMemory, isRunning] = words.split(' ');
  // the engine's command may have been ended in its place, which ends it as well.
  if (isRunning === 'true') return { code: null, signal: 'SIGKILL', isOutOfMemory: false };
  return { ...codeOrSignal(words === '' ? clientCode : Number(code)), isOutOfMemory: isOutOfMemory === 'true' };
}

const STATE = '{{.State.ExitCode}} {{.State.OOMKilled}} {{.State.Running}}';

/** An engine tells of a signal by a code above 128. */
export function codeOrSignal(code: number | null): Pick<TaskExit, 'code' | 'signal'> {
  const signal = Object.entries(constants.signals).find(([, number]) => number === (code ?? 0) - SIGNALLED)?.[0];
  return signal === undefined ? { code, signal: null } : { code: null, signal };
}
