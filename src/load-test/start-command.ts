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

  /** Whether the plan says how long the run takes. The script of k6 does otherwise, and that of Locust may not. */
  readonly hasTraffic: boolean;
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
 * The command of a container: a shell writes the files of the program, starts a process that ends the run at its maximum, and becomes the load
 * generator.
 *
 * The files are arguments, so a public image runs any script without a build, and without a place to load it from. They are no environment
 * variables, which others in the account may read more easily, and which rule packs reject.
 */
export function startCommandOf({ files, plan, ...start }: Start): StartCommand {
  const lines = [
    'cd "$(mktemp -d)"',
    ...(start.hasPrograms ? [`cp ${PROGRAM_FOLDER}/* .`] : []),
    ...(start.workers > 1 ? [FREE_PORT] : []),
    ...files.map(({ name }, index) => `printf %s "$${index + 3}" >${name}`),
  ];
  // the plan is a variable of the process only.
  const run = `LOAD_TEST="$1" exec ${toolCommandOf(start)}`;
  return {
    entryPoint: ['sh', '-c', `${lines.join(' && ')} || exit; ${WATCHDOG} ${run}`, 'load-test'],
    command: [plan, String(timeoutSecondsOf(start)), ...files.map(({ text }) => text)],
  };
}

/** The workers of two load tests on one machine would connect to the same port. */
const FREE_PORT = `port=$(python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])")`;

/**
 * Ends the load generator at its maximum, which the shell has become: by a signal after which it writes its results, then by one that kills it.
 *
 * `timeout` would do the same, but differs between images: some send the signal twice, and a load generator then writes no results.
 */
const WATCHDOG = [
  '(seconds=0; while kill -0 $$; do',
  '[ $seconds -eq "$2" ] && kill -TERM $$;',
  `[ $seconds -ge $(($2 + ${KILL_AFTER_SECONDS})) ] && kill -KILL $$;`,
  'sleep 1; seconds=$((seconds + 1)); done) >/dev/null 2>&1 &',
].join(' ');

type Run = Pick<Start, 'tool' | 'workers' | 'scriptInImage' | 'hasTraffic' | 'maxSeconds'>;

/** How long Locust takes to end after its run time. */
const SECONDS_AFTER_RUN_TIME = 45;

/** Locust ends by itself, unless its users hang. */
function timeoutSecondsOf(run: Run): number {
  return run.maxSeconds + (needsRunTime(run) ? SECONDS_AFTER_RUN_TIME : 0);
}

function needsRunTime({ tool, hasTraffic }: Run): boolean {
  return tool === 'locust' && !hasTraffic;
}

function toolCommandOf(run: Run): string {
  if (run.tool === 'k6') return `k6 run --quiet --no-color --no-usage-report ${MAIN_FILES.k6}`;
  return [
    `locust -f ${MAIN_FILES.locust},${run.scriptInImage ?? SCRIPT_FILES.locust}`,
    '--headless --only-summary --loglevel WARNING --stop-timeout 30 --exit-code-on-error 0',
    ...(needsRunTime(run) ? [`--run-time ${run.maxSeconds}s`] : []),
    ...(run.workers > 1
      ? [`--processes ${run.workers} --master-bind-host 127.0.0.1 --master-bind-port "$port" --master-port "$port"`]
      : []),
  ].join(' ');
}
