import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import { ContainerRuntime } from '../../rehearsal/task-runtime/container/container-runtime';
import { InputError } from '../../src/parse/input-error';
import { vcpuOf } from '../../src/plan/task-size';
import type { NamedCheckResult } from '../check/check-task';
import { inspectImage, readContainerImage } from '../check/container-image';
import { type ChosenTask, readChosenTask, type TaskSelection } from '../input/chosen-task';
import { defaultPathsOf } from '../input/reference-service';
import { startRuntime } from '../input/start-runtime';
import { stopSignalOption } from '../input/stop-signal';
import type { TaskProgram } from '../input/task-program';
import { addTaskOptions, requestPathsOf, type TaskOptions, taskSelectionOf } from '../options/task-options';
import { Console } from '../output/console';

/** The command `check`: checks one task, prints the results, and returns whether no check failed. */
export async function checkCommand(args: CheckArguments, interrupted: Promise<never>): Promise<boolean> {
  const console = new Console(args.json);
  const chosenTask = await console.withProgress('synthesizing', readChosenTask(args.task, interrupted));
  try {
    const { service, task } = chosenTask.plan;
    const size = `${vcpuOf(task)} vCPU and ${task.memoryMiB} MiB`;
    console.print(`Checking one task of ${service} with ${size}, about ${args.isThorough ? 75 : 20} seconds …`);
    console.print();
    const checks = await runChecks(args, chosenTask, console, interrupted);
    const { statusCounts } = await import('../output/check-text');
    console.print(`\n${statusCounts(checks)}`);
    console.printResult({ service, checks });
    return checks.every(({ status }) => status !== 'failed');
  } finally {
    chosenTask.dispose();
  }
}

async function runChecks(
  args: CheckArguments,
  chosenTask: ChosenTask,
  console: Console,
  interrupted: Promise<never>,
): Promise<readonly NamedCheckResult[]> {
  const { plan } = chosenTask;
  const program = withStopSignal(chosenTask.program, args.stopSignal);
  const paths = args.paths ?? defaultPathsOf(program.folder);
  // optimizing the parser of HTTP, which is WebAssembly, would take 60 MiB for a load of some seconds.
  setFlagsFromString('--liftoff-only');
  // the HTTP client is loaded once the input is known to be valid.
  const [{ checkTask }, { resultLines }] = await Promise.all([import('../check/check-task'), import('../output/check-text')]);
  const runtime = await startRuntime(program, plan.task, { console, interrupted });
  try {
    const inspectedImage = runtime instanceof ContainerRuntime ? await inspectImage(runtime) : undefined;
    const options = {
      plan,
      folder: program.folder,
      paths,
      image: readContainerImage({ ...chosenTask, program }),
      inspectedImage,
      slowPath: args.slowPath,
      isThorough: args.isThorough,
    };
    let isInterrupted = false;
    // results after an interruption are about a task that is being ended.
    interrupted.catch(() => {
      isInterrupted = true;
    });
    const print = (result: NamedCheckResult): void => {
      if (isInterrupted) return;
      for (const line of resultLines(result)) console.print(line);
    };
    return await console.withDetailedProgress((onProgress) =>
      Promise.race([checkTask(options, runtime, { onResult: print, onProgress }), runtime.supervisorExited, interrupted]),
    );
  } finally {
    await runtime.stop();
  }
}

/** The arguments of `check`. */
export interface CheckArguments {
  readonly command: 'check';
  readonly task: TaskSelection;
  /** Default: the search paths of the reference service, else `/`. */
  readonly paths?: readonly string[];
  /** Default: the slowest of the paths. */
  readonly slowPath?: string;
  /** Default: that of the Dockerfile, or SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** Whether to wait for the whole idle timeout of the load balancer, and watch the memory for longer. */
  readonly isThorough: boolean;
  readonly json: boolean;
}

interface Options extends TaskOptions {
  readonly thorough?: boolean;
  readonly slowPath?: string;
  readonly stopSignal?: string;
}

const HELP = `
One task runs on this machine, as a process or a container, limited to the CPU of its task size. It is sent requests, load, malformed requests,
and SIGTERM under load; this takes about half a minute. What cannot be checked on a process is read from the template and the Dockerfile,
or skipped; --runtime docker or podman runs the image itself.
The exit code is 1 if a check fails, 0 if there are only warnings.
Needs Linux, or macOS with --runtime docker or podman.

Examples:
  $ npx ecs-rehearsal check --app "npx tsx app.ts"
  $ npx ecs-rehearsal check --command "node server.js" --path /cart --set healthCheck.path=/ready
  $ npx ecs-rehearsal check --runtime docker --image shop:latest
  $ npx ecs-rehearsal check --template cdk.out/Shop.template.json --thorough --json`;

/** Adds the command `check`. */
export function addCheck(program: Command, onParsed: (parsed: CheckArguments) => void): void {
  addTaskOptions(program.command('check'))
    .description('Check whether a task works behind a load balancer on ECS: health checks, load, memory, connections, shutdown.')
    .option(
      '--slow-path <path>',
      'a path whose response takes more than 0.3 s, which is requested when the task is stopped (default: a --path that does)',
    )
    .option(
      '--stop-signal <name>',
      'the signal that stops a process, such as SIGQUIT (default: the STOPSIGNAL of the Dockerfile, or SIGTERM)',
    )
    .option('--thorough', 'also wait for the whole idle timeout of the load balancer, and watch the memory for longer')
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(checkArguments(options)));
}

function checkArguments(options: Options): CheckArguments {
  return {
    command: 'check',
    task: taskSelectionOf(options),
    paths: requestPathsOf(options),
    slowPath: slowPathOf(options),
    stopSignal: stopSignalOption(options.stopSignal),
    isThorough: options.thorough === true,
    json: options.json === true,
  };
}

function slowPathOf({ slowPath }: Options): string | undefined {
  if (slowPath !== undefined && !slowPath.startsWith('/')) throw new InputError([`--slow-path must start with '/', got '${slowPath}'`]);
  return slowPath;
}

function withStopSignal(program: TaskProgram, stopSignal: NodeJS.Signals | undefined): TaskProgram {
  return program.kind !== 'process' || stopSignal === undefined ? program : { ...program, command: { ...program.command, stopSignal } };
}
