import { writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import { ContainerRuntime } from '../../rehearsal/task-runtime/container/container-runtime';
import { InputError } from '../../src/parse/input-error';
import { vcpuOf } from '../../src/plan/task-size';
import type { NamedCheckResult } from '../check/check-task';
import { inspectImage, readContainerImage } from '../check/container-image';
import { type ChosenTask, readChosenTask, type TaskSelection } from '../input/chosen-task';
import { defaultPathsOf } from '../input/reference-service';
import { type CheckSelection, type SelectedChecks, selectChecks } from '../input/selected-checks';
import { startRuntime } from '../input/start-runtime';
import { stopSignalOption } from '../input/stop-signal';
import type { TaskProgram } from '../input/task-program';
import { requestPathsOf } from '../options/path-option';
import { collectRepeated } from '../options/repeated-option';
import { addTaskOptions, type TaskOptions, taskSelectionOf } from '../options/task-options';
import { Console } from '../output/console';
import { githubAnnotations } from '../output/github-annotations';
import { junitXml } from '../output/junit';
import { assertWritable } from '../output/report-files';

/** The command `check`: checks one task, prints the results, and returns whether no check failed. */
export async function checkCommand(args: CheckArguments, interrupted: Promise<never>): Promise<boolean> {
  const console = new Console(args.json);
  assertWritable({}, { junit: args.junitFile });
  // a wrong name is an error before an app is synthesized, which takes a while.
  const { CHECKS } = await import('../check/check-task');
  const selected = selectChecks(CHECKS, args);
  const chosenTask = await console.withProgress('synthesizing', readChosenTask(args.task, interrupted));
  try {
    const { service, task } = chosenTask.plan;
    const size = `${vcpuOf(task)} vCPU and ${task.memoryMiB} MiB`;
    console.print(`Checking one task of ${service} with ${size}, about ${args.isThorough ? 75 : 20} seconds …`);
    console.print();
    const checks = await runChecks(args, selected, chosenTask, console, interrupted);
    const { statusCounts, summaryLine } = await import('../output/check-text');
    const summary = summaryLine(`check of ${service}, ${size}`, checks);
    console.print(`\n${statusCounts(checks)}`);
    if (checks.some(({ status }) => status === 'failed' || status === 'warning')) console.print(summary);
    if (args.hasGithubAnnotations) for (const line of githubAnnotations(service, checks)) console.print(line);
    if (args.junitFile !== undefined) writeFileSync(args.junitFile, junitXml(service, checks));
    console.printResult({ service, summary, checks });
    return checks.every(({ status }) => status !== 'failed');
  } finally {
    chosenTask.dispose();
  }
}

/** Returns the results of the checks that are reported, and of those that failed and were needed for them. */
async function runChecks(
  args: CheckArguments,
  selected: SelectedChecks,
  chosenTask: ChosenTask,
  console: Console,
  interrupted: Promise<never>,
): Promise<readonly NamedCheckResult[]> {
  const { plan } = chosenTask;
  const program = withStopSignal(chosenTask.program, args.stopSignal);
  // a check requests each path once, whatever its weight.
  const paths = [...new Set(args.paths ?? defaultPathsOf(program.folder))];
  // optimizing the parser of HTTP, which is WebAssembly, would take 30 MB for a load of some seconds.
  setFlagsFromString('--liftoff-only');
  // loaded once the input is known to be valid.
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
    const isReported = ({ name, status }: NamedCheckResult): boolean => selected.reported.has(name) || status === 'failed';
    const print = (result: NamedCheckResult): void => {
      if (isInterrupted || !isReported(result)) return;
      for (const line of resultLines(result)) console.print(line);
    };
    const results = await console.withDetailedProgress((onProgress) =>
      Promise.race([checkTask(options, runtime, { onResult: print, onProgress }, selected.run), runtime.supervisorExited, interrupted]),
    );
    return results.filter(isReported);
  } finally {
    await runtime.stop();
  }
}

/** The arguments of `check`. */
export interface CheckArguments extends CheckSelection {
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
  /** The file for the results as JUnit XML. */
  readonly junitFile?: string;
  /** Whether failures and warnings are printed as annotations for GitHub Actions. */
  readonly hasGithubAnnotations: boolean;
  readonly json: boolean;
}

interface Options extends TaskOptions, CheckSelection {
  readonly junit?: string;
  readonly github?: boolean;
  readonly thorough?: boolean;
  readonly slowPath?: string;
  readonly stopSignal?: string;
}

const HELP = `
One task runs on this machine, as a process or a container, limited to the CPU of its task size. It is sent requests, load, malformed requests,
and SIGTERM under load; this takes about 20 seconds. What cannot be checked on a process is read from the template and the Dockerfile,
or skipped; --runtime docker or podman runs the image itself.
The exit code is 1 if a check fails, 0 if there are only warnings.
Needs Linux, or macOS with --runtime docker or podman.

Examples:
  $ npx ecs-rehearsal check --app "npx tsx app.ts"
  $ npx ecs-rehearsal check --command "node server.js" --path /cart --set healthCheck.path=/ready
  $ npx ecs-rehearsal check --runtime docker --image shop:latest
  $ npx ecs-rehearsal check --dockerfile Dockerfile --only "when stopped" --only "stop timeout"
  $ npx ecs-rehearsal check --template cdk.out/Shop.template.json --thorough --junit check.xml`;

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
    .option(
      '--only <check>',
      'report only this check, by its name or a part of it, such as "idle connections"; repeatable',
      collectRepeated,
    )
    .option('--skip <check>', 'do not report this check, by its name or a part of it, such as "read-only"; repeatable', collectRepeated)
    .option('--junit <file>', 'write the results to a file as JUnit XML, which CI systems show as tests')
    .option('--github', 'print failures and warnings as annotations for GitHub Actions (default: within GitHub Actions)')
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(checkArguments(options)));
}

function checkArguments(options: Options): CheckArguments {
  const task = taskSelectionOf(options);
  if (options.stopSignal !== undefined && task.runtime.kind !== 'process')
    throw new InputError([
      `--stop-signal must go with --runtime process, got '${options.stopSignal}' with ${task.runtime.kind}: a container is stopped by the STOPSIGNAL of its image`,
    ]);
  return {
    command: 'check',
    task,
    paths: requestPathsOf(options),
    slowPath: slowPathOf(options),
    stopSignal: stopSignalOption(options.stopSignal),
    isThorough: options.thorough === true,
    only: options.only,
    skip: options.skip,
    junitFile: options.junit,
    // the variable that GitHub Actions sets in each step.
    hasGithubAnnotations: options.github === true || process.env['GITHUB_ACTIONS'] === 'true',
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
