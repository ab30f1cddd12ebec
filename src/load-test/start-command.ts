/** The load generators. */
export type Tool = 'k6' | 'locust';

/** A file that the container needs in its working folder. */
export interface ProgramFile {
  readonly name: string;
  readonly text: string;
}

/** What a container starts. */
export interface Start {
  readonly tool: Tool;

  /** The files that the image lacks. */
  readonly files: readonly ProgramFile[];

  /** Whether the image has the folder with the programs of this package. */
  readonly hasPrograms: boolean;

  /** The path of a script that the image has. */
  readonly scriptInImage?: string;
  readonly plan: string;
  readonly maxSeconds: number;
  readonly workers: number;
}

/** The entry point and the command of a container. */
export interface StartCommand {
  readonly entryPoint: string[];
  readonly command: string[];
}

/** The folder in an image of ours that has the programs. */
export const PROGRAM_FOLDER = '/load-test';

/** The time between the signal that ends a run, after which its results are written, and the one that kills it. */
const KILL_AFTER_SECONDS = 30;

/** The file that a load generator loads after the main program. */
export const SCRIPT_FILES = { k6: 'script.js', locust: 'script.py' } as const;

/** The file that writes the results. */
export const MAIN_FILES = { k6: 'main.js', locust: 'main.py' } as const;

/**
 * The command of a container: a shell writes the files of the program, then becomes the load generator.
 *
 * The files are arguments, so a public image runs any script without a build, and without a place to load it from. They are no environment
 * variables, which others in the account may read more easily, and which rule packs reject.
 */
export function startCommandOf({ files, plan, maxSeconds, ...start }: Start): StartCommand {
  const lines = [
    'cd "$(mktemp -d)"',
    ...(start.hasPrograms ? [`cp ${PROGRAM_FOLDER}/* .`] : []),
    ...files.map(({ name }, index) => `printf %s "$${index + 3}" >${name}`),
    // the plan is a variable of the process only.
    `LOAD_TEST="$1" exec timeout -k ${KILL_AFTER_SECONDS} "$2" ${toolCommandOf(start)}`,
  ];
  return {
    entryPoint: ['sh', '-c', lines.join(' && '), 'load-test'],
    command: [plan, String(maxSeconds), ...files.map(({ text }) => text)],
  };
}

function toolCommandOf({ tool, workers, scriptInImage }: Pick<Start, 'tool' | 'workers' | 'scriptInImage'>): string {
  if (tool === 'k6') return `k6 run --quiet --no-color --no-usage-report ${MAIN_FILES.k6}`;
  const processes = workers > 1 ? ` --processes ${workers}` : '';
  return `locust -f ${MAIN_FILES.locust},${scriptInImage ?? SCRIPT_FILES.locust} --headless --only-summary --loglevel WARNING --stop-timeout 30 --exit-code-on-error 0${processes}`;
}
