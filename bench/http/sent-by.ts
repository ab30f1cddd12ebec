import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The settings of a benchmark client. */
export interface ClientSetup {
  readonly url: string;
  /** Users without think time. */
  readonly users: number;
  /** Requests per second of an open load. */
  readonly perSecond: number;
  /** How long it is measured, after the warm-up. */
  readonly seconds: number;
}

/** The results of its requests while it was measured. */
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
  /** The 99th percentile of how late the client sent its requests. */
  readonly lateMillis: number;
}

/**
 * Runs a client in a separate process.
 *
 * @param prefix the command that pins it to a core.
 * @param onWatched called when the measurement of the client begins, and when it ends.
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
