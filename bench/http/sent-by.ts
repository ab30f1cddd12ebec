import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a client of a benchmark is told. */
export interface ClientSetup {
  readonly url: string;
  /** Users that never pause. */
  readonly users: number;
  /** Requests in a second that come whatever becomes of those before. */
  readonly perSecond: number;
  /** How long it is watched, after it has warmed up. */
  readonly seconds: number;
}

/** How its requests fared while it was watched. */
export interface Fared {
  readonly sent: number;
  readonly asked: number;
  readonly answered: number;
  readonly failed: number;
  readonly seconds: number;
  /** Of the client itself. */
  readonly cpuSeconds: number;
  readonly p50Millis: number;
  readonly p99Millis: number;
  /** How late the client was with 99 in 100 of its requests. */
  readonly lateMillis: number;
}

/**
 * Lets a client send, in a process of its own.
 *
 * @param prefix what keeps it to a core.
 * @param onWatched called when the client begins to be watched, and when it ends.
 */
export async function sentBy(
  program: string,
  setup: ClientSetup,
  prefix: readonly string[],
  onWatched: () => void = () => {},
): Promise<Fared> {
  const [file, ...rest] = [...prefix, process.execPath, program, JSON.stringify(setup)];
  const child = spawn(file!, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  await once(child, 'message');
  onWatched();
  const [fared] = await once(child, 'message');
  onWatched();
  if (child.exitCode === null) await once(child, 'exit');
  return fared;
}
