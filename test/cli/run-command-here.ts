import { vi } from 'vitest';
import { runCommandLine } from '../../cli/command-line';
import { version } from '../../package.json';
import type { CommandResult } from './run-command';

/** What a run of the command listens to until its process ends, or no longer listens to. */
const LISTENED: readonly (readonly [NodeJS.EventEmitter, string])[] = [
  [process, 'SIGINT'],
  [process, 'SIGTERM'],
  [process, 'SIGHUP'],
  [process.stdout, 'error'],
];

/**
 * Runs the command from its sources in this process, where only its output and its exit code matter: most of a short run is the start of its
 * process.
 */
export async function runCommandHere(words: readonly string[], workingDirectory = __dirname): Promise<CommandResult> {
  const [before, listeners] = [process.cwd(), LISTENED.map(([emitter, event]) => emitter.rawListeners(event))];
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  process.chdir(workingDirectory);
  try {
    return { exitCode: await runCommandLine(words, version), stdout: stdout.end(), stderr: stderr.end() };
  } finally {
    process.chdir(before);
    for (const { end } of [stdout, stderr]) end();
    for (const [index, [emitter, event]] of LISTENED.entries()) {
      emitter.removeAllListeners(event);
      for (const listener of listeners[index]!) emitter.on(event, listener as () => void);
    }
  }
}

/** Collects what is written to a stream, until its end, which returns it. */
function capture(stream: NodeJS.WriteStream): { end(): string } {
  let written = '';
  const write = vi.spyOn(stream, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  return {
    end: () => {
      write.mockRestore();
      return written;
    },
  };
}
