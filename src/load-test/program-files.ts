import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { PACKAGE_FOLDER } from '../package-folder';
import { scriptTextOf } from './load-test-plan';
import type { LoadTestProps } from './load-test-props';
import { MAIN_FILES, type ProgramFile, SCRIPT_FILES, type Tool } from './start-command';

/** The folder of the programs that load generators run, and of the Dockerfiles that add them to an image. */
export const PROGRAMS = path.join(PACKAGE_FOLDER, 'load-generator');

/** The files of a program. */
export interface ProgramFiles {
  readonly tool: Tool;

  /** Those that the image lacks. */
  readonly files: readonly ProgramFile[];

  /** The path of a script that the image has. */
  readonly scriptInImage?: string;
}

/** The load generator of the props. */
export function toolOf({ engine }: LoadTestProps): Tool {
  return engine?._tool ?? 'k6';
}

/** The main program, and the script of the props or the one that sends requests in turn. */
export function programFilesOf(hasPrograms: boolean, props: LoadTestProps): ProgramFiles {
  const tool = toolOf(props);
  const [main, script] = [MAIN_FILES[tool], SCRIPT_FILES[tool]];
  const own = hasPrograms ? [] : [main, script].map((name) => ({ name, text: readFileSync(path.join(PROGRAMS, tool, name), 'utf8') }));
  const inImage = props.script?._kind === 'image' ? props.script._value : undefined;
  const text = inImage !== undefined && tool === 'k6' ? reexportOf(inImage) : scriptTextOf(props);
  if (text === undefined) return { tool, files: inImage === undefined ? own : own.slice(0, 1), scriptInImage: inImage };
  return { tool, files: [...own.slice(0, 1), { name: script, text }] };
}

/** A module of k6 that is another one. */
function reexportOf(file: string): string {
  return `export * from '${file}';\nexport { default } from '${file}';\n`;
}
