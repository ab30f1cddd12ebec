import { statSync } from 'node:fs';

/** What a task runs, where, and with which environment besides the basics. */
export interface TaskCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the tool's own environment lends to a task. Everything else stays behind, credentials above all. */
const LENT = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'TMP', 'TEMP', 'LANG', 'LC_ALL', 'TZ'];

/** The environment of a task: where to find programs and put files, and what its command says. */
export function taskEnvironment(
  own: Readonly<Record<string, string>>,
  tool: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const lent = LENT.flatMap((name) => (tool[name] === undefined ? [] : [[name, tool[name]]]));
  return { ...Object.fromEntries(lent), ...own };
}

/** Says what is wrong with a command before it is tried. */
export function commandMistakes({ workingDirectory }: TaskCommand): string[] {
  if (statSync(workingDirectory, { throwIfNoEntry: false })?.isDirectory()) return [];
  return [`the task's working directory must exist, got '${workingDirectory}': give a folder of this machine`];
}

/** Says why the system refused to run a command. */
export function refusal({ program, workingDirectory }: TaskCommand, code: string): string {
  const must = code === 'ENOENT' ? 'exist' : 'be a program that can be started';
  return `the task's command must ${must}, got '${program}': ${reason(program, workingDirectory, code)}`;
}

function reason(program: string, workingDirectory: string, code: string): string {
  if (code === 'EACCES') return 'it is not executable, which `chmod +x` changes';
  if (code !== 'ENOENT') return `the system says ${code}`;
  return program.includes('/') ? `no such file from ${workingDirectory}` : 'no such program on the PATH';
}
