import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The bundled command. */
export const COMMAND = join(__dirname, '..', '..', 'lib-cli', 'main.js');

/** The result of a run of the command. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the bundled command as a user would.
 *
 * @param onOutput gets the process ID of the command after each output.
 */
export function runCommand(
  words: readonly string[],
  workingDirectory = __dirname,
  onOutput: (processId: number) => void = () => {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...words], { cwd: workingDirectory, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      onOutput(child.pid!);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
