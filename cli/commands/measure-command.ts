import type { Command } from 'commander';
import { limitEndOf } from '../../rehearsal/measure/limit-end';
import type { MeasuredWorkload, MeasurementSchedule } from '../../rehearsal/measure/measure-workload';
import { vcpuOf } from '../../src/plan/task-size';
import { type ChosenTask, readChosenTask, type TaskSelection } from '../input/chosen-task';
import { defaultPathsOf } from '../input/reference-service';
import { startRuntime } from '../input/start-runtime';
import { requestPathsOf } from '../options/path-option';
import { parseSeconds, parseWholeNumber } from '../options/shared-options';
import { addTaskOptions, type TaskOptions, taskSelectionOf } from '../options/task-options';
import { Console } from '../output/console';
import { fitMeasurement } from '../output/fit-measurement';
import { limitLines, measurementRemarks } from '../output/limit-text';
import { measuredWorkloadLines, pointLines, workloadOptions } from '../output/measurement-text';
import { recommendedTargets, targetLines } from '../output/recommended-targets';

/** The measured loads, as shares of the maximum throughput, rising. Above them a queue grows that depends on this machine more than on the task. */
const LOAD_SHARES = [0.08, 0.2, 0.35, 0.5, 0.65, 0.8];

/** The maximum time at each load, for a slow service. */
const MAX_SECONDS_PER_LOAD = 20;

/** The approximate time before and after the loads, for a program without a just-in-time compiler. */
const START_AND_STOP_SECONDS = 30;

/** How long the limit is measured, as a multiple of a load: it is compared with the rate of a minute. */
const LIMIT_FACTOR = 2;

/** The default maximum of the warm-up: a Java virtual machine on a quarter of a core compiles for longer than a minute. */
const MAX_WARM_UP_SECONDS = 150;

/** The command `measure`: measures what a request costs a task, and prints it. */
export async function measureCommand(args: MeasureArguments, interrupted: Promise<never>): Promise<string[]> {
  const console = new Console(args.json);
  const chosenTask = await console.withProgress('synthesizing', readChosenTask(args.task, interrupted));
  try {
    const measured = await measure(args, chosenTask, console, interrupted);
    printMeasurement(chosenTask, measured, console);
    return [];
  } finally {
    chosenTask.dispose();
  }
}

async function measure(
  args: MeasureArguments,
  chosenTask: ChosenTask,
  console: Console,
  interrupted: Promise<never>,
): Promise<MeasuredWorkload> {
  const { plan, program } = chosenTask;
  const paths = args.paths ?? defaultPathsOf(program.folder);
  const size = `${vcpuOf(plan.task)} vCPU and ${plan.task.memoryMiB} MiB`;
  const seconds = Math.round(START_AND_STOP_SECONDS + LOAD_SHARES.length * args.secondsPerLoad);
  console.print(
    `Measuring one task of ${plan.service} with ${size}, about ${seconds} seconds, longer if its responses are slow or get faster …`,
  );
  const schedule = scheduleOf(args);
  // the HTTP client is loaded once the input is known to be valid.
  const { measureWorkload } = await import('../../rehearsal/measure/measure-workload');
  const runtime = await startRuntime(program, plan.task, { console, interrupted });
  try {
    return await console.withDetailedProgress((onProgress) =>
      Promise.race([measureWorkload({ plan, paths, runtime, schedule, isStraightToTask: true, onProgress }), interrupted]),
    );
  } finally {
    await runtime.stop();
  }
}

function scheduleOf({ secondsPerLoad, maxWarmUpSeconds }: MeasureArguments): MeasurementSchedule {
  return {
    levels: LOAD_SHARES.map((shareOfMaxThroughput) => ({ shareOfMaxThroughput, minSeconds: secondsPerLoad })),
    warmUp: { windowSeconds: 1.2, maxSeconds: maxWarmUpSeconds },
    searchSeconds: 20,
    idleSeconds: 2,
    limitSeconds: LIMIT_FACTOR * secondsPerLoad,
    maxSecondsPerLoad: Math.max(MAX_SECONDS_PER_LOAD, secondsPerLoad),
  };
}

function printMeasurement({ plan }: ChosenTask, measured: MeasuredWorkload, console: Console): void {
  const fit = fitMeasurement(measured, vcpuOf(plan.task));
  const targets = recommendedTargets(plan, fit.workload, measured);
  console.printSection('Measured', pointLines(fit.points));
  console.printWrappedSection('Limit', limitLines(measured, vcpuOf(plan.task)));
  console.printWrappedSection('Workload', measuredWorkloadLines(fit));
  console.printSection('Options of forecast', [workloadOptions(fit.workload)]);
  console.printSection('Props of the construct', typeof targets === 'string' ? [targets] : targetLines(targets));
  const remarks = measurementRemarks(measured);
  if (remarks.length > 0) console.printWrappedSection('Remarks', remarks);
  const { measurement, usersPerTask } = measured.limit;
  console.printResult({
    plan,
    workload: fit.workload,
    points: fit.points,
    limit: { ...measurement, users: usersPerTask, endedBy: limitEndOf(measured.limit, vcpuOf(plan.task)) },
    warmUp: measured.warmUp,
    props: typeof targets === 'string' ? {} : targets,
    remarks,
  });
}

/** The arguments of `measure`. */
export interface MeasureArguments {
  readonly command: 'measure';
  readonly task: TaskSelection;
  /** Default: the search paths of the reference service, else `/`. */
  readonly paths?: readonly string[];
  /** How long the task is measured at each load. */
  readonly secondsPerLoad: number;
  /** The task is measured after this time even if its requests still become cheaper. */
  readonly maxWarmUpSeconds: number;
  readonly json: boolean;
}

interface Options extends TaskOptions {
  readonly seconds?: string;
  readonly warmUp?: string;
}

const MAX_SECONDS = 60;

const HELP = `
One task runs on this machine, as a process or a container, limited to the CPU of its task size. It is kept busy until a request no longer
becomes cheaper, then measured without requests, at six loads, and at its limit. This takes about a minute, or three if a request takes
seconds or a just-in-time compiler has much to do. The CPU time of a request is that of this machine: a core of AWS may be slower or faster.
Needs Linux, or macOS with --runtime docker or podman.

Examples:
  $ npx ecs-rehearsal measure --app "npx tsx app.ts"
  $ npx ecs-rehearsal measure --command "node server.js" --path /cart --path /checkout --set cpu=512
  $ npx ecs-rehearsal measure --template cdk.out/Shop.template.json --json > workload.json`;

/** Adds the command `measure`. */
export function addMeasure(program: Command, onParsed: (parsed: MeasureArguments) => void): void {
  addTaskOptions(program.command('measure'))
    .description(
      'Measure the CPU time, latency and memory of a request under rising load, and print them as options of forecast and as props.',
    )
    .option(
      '--seconds <count>',
      `how many seconds to measure each of six load levels, 1 to ${MAX_SECONDS}: longer is more exact (default: 3)`,
    )
    .option(
      '--warm-up <duration>',
      'how long to keep the task busy at most before it is measured; the warm-up ends when a request no longer becomes cheaper (default: 150s)',
    )
    .addHelpText('after', HELP)
    .action((options: Options) => onParsed(measureArguments(options)));
}

function measureArguments(options: Options): MeasureArguments {
  return {
    command: 'measure',
    task: taskSelectionOf(options),
    paths: requestPathsOf(options),
    secondsPerLoad: parseWholeNumber('--seconds', options.seconds ?? '3', 1, MAX_SECONDS),
    maxWarmUpSeconds: parseSeconds('--warm-up', options.warmUp, MAX_WARM_UP_SECONDS),
    json: options.json === true,
  };
}
