import { statSync } from 'node:fs';

/** The command of a task that runs as a process, its working directory, and its environment variables. */
export interface TaskCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * The signal that stops it: the `STOPSIGNAL` of its image.
   *
   * @default SIGTERM
   */
  readonly stopSignal?: NodeJS.Signals;
  /**
   * Whether it runs as process 1 of a PID namespace, as in a container without an init process.
   *
   * @default false
   */
  readonly isProcessOne?: boolean;
}

/** The place of the port of a task in a command: a text that no argument can have. The port is known once the task is started. */
export const PORT_PLACEHOLDER = '\0PORT\0';

/** The same text with the port of a task. */
export function withPort(text: string, port: number): string {
  return text.replaceAll(PORT_PLACEHOLDER, String(port));
}

/** The command of a task that gets a port, in its variable PORT and wherever its command names it. */
export function commandWithPort(command: TaskCommand, port: number): TaskCommand {
  const own = Object.entries(command.environment).map(([name, value]) => [name, withPort(value, port)]);
  return {
    ...command,
    program: withPort(command.program, port),
    arguments: command.arguments.map((argument) => withPort(argument, port)),
    environment: taskEnvironment({ ...Object.fromEntries(own), PORT: String(port) }),
  };
}

/** The environment variables that a task inherits from this process. It inherits no others, above all no credentials. */
const INHERITED_VARIABLES = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'TMP', 'TEMP', 'LANG', 'LC_ALL', 'TZ'];

/** The environment of a task: the inherited variables, and its own. */
export function taskEnvironment(
  own: Readonly<Record<string, string>>,
  parent: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const inherited = INHERITED_VARIABLES.flatMap((name) => (parent[name] === undefined ? [] : [[name, parent[name]]]));
  return { ...Object.fromEntries(inherited), ...own };
}

/** The errors of a command that can be found before it is started. */
export function commandErrors({ workingDirectory }: TaskCommand): string[] {
  if (statSync(workingDirectory, { throwIfNoEntry: false })?.isDirectory()) return [];
  return [`the task's working directory '${workingDirectory}' does not exist: give a folder of this machine`];
}

/** The error message for a command that the system could not start. */
export function formatSpawnError({ program, workingDirectory }: TaskCommand, code: string): string {
  if (code === 'ENOENT') {
    const reason = program.includes('/') ? `no such file from ${workingDirectory}` : 'no such program on the PATH';
    return `the task's command '${program}' does not exist: ${reason}`;
  }
  const reason = code === 'EACCES' ? 'it is not executable, which `chmod +x` changes' : `the system reports ${code}`;
  return `the task's command '${program}' cannot be started: ${reason}`;
}
