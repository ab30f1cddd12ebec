import type { Command } from 'commander';
import { InvalidInput } from '../src/plan/invalid-input';
import { again } from './question';

/** What commander makes of the option that says what a task is asked for. */
export interface PathOption {
  readonly path?: readonly string[];
}

/** Adds the option that says what a task is asked for. */
export function addPathOption(command: Command): Command {
  return command.option('--path <path>', 'a path to request; may be given again', again);
}

/** Reads the paths; undefined where none was given. */
export function pathsGiven({ path }: PathOption): readonly string[] | undefined {
  const wrong = path?.find((given) => !given.startsWith('/'));
  if (wrong !== undefined) throw new InvalidInput([`--path must start with '/', got '${wrong}'`]);
  return path;
}
