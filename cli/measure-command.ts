import { vcpuOf } from '../src/plan/task-size';
import { Console } from './console';
import { fitMeasurement } from './fit-measurement';
import type { MeasureArguments } from './measure-arguments';
import { pathsOf } from './reference-service';
import { type MeasuredWorkload, measureWorkload } from './rehearsal/measure-workload';
import { limitLines, measuredWorkloadLines, pointLines, recommendedTargets, targetLines, workloadOptions } from './render/measurement';
import { startRuntime } from './start-runtime';
import { readTaskSource, type TaskSource } from './task-source';

/** Shares of what the task stands: rising, and short of the queue that would say more of this machine than of the task. */
const SHARES = [0.08, 0.2, 0.35, 0.5, 0.65, 0.8];

/** How long answers of a slow service are waited for at each load. */
const MOST_SECONDS_PER_LOAD = 20;

/** About: what comes before and after those. */
const START_AND_STOP_SECONDS = 12;

/** Measures what a request costs a task, and prints it. */
export async function measureCommand(args: MeasureArguments, interrupted: Promise<never>): Promise<string[]> {
  const console = new Console(args.json);
  const source = await console.during('synthesizing', readTaskSource(args.task, interrupted));
  try {
    const measured = await measure(args, source, console, interrupted);
    report(source, measured, console);
    return [];
  } finally {
    source.remove();
  }
}

async function measure(
  args: MeasureArguments,
  source: TaskSource,
  console: Console,
  interrupted: Promise<never>,
): Promise<MeasuredWorkload> {
  const { plan, program } = source;
  const paths = args.paths ?? pathsOf(program.folder);
  console.say(
    `Measuring one task of ${plan.service}, ${vcpuOf(plan.task)} vCPU and ${plan.task.memoryMiB} MiB, about ${Math.round(START_AND_STOP_SECONDS + SHARES.length * args.secondsPerLoad)} seconds, longer where it is slow …`,
  );
  const mostSecondsPerLoad = Math.max(MOST_SECONDS_PER_LOAD, args.secondsPerLoad);
  const levels = SHARES.map((share) => ({ share, seconds: args.secondsPerLoad }));
  const runtime = await startRuntime(program, plan.task, { console, interrupted });
  try {
    return await console.through((onPhase) =>
      Promise.race([measureWorkload({ plan, paths, runtime, levels, mostSecondsPerLoad, onPhase }), interrupted]),
    );
  } finally {
    await runtime.stop();
  }
}

function report({ plan }: TaskSource, measured: MeasuredWorkload, console: Console): void {
  const fit = fitMeasurement(measured, vcpuOf(plan.task));
  const targets = recommendedTargets(plan, fit.workload, measured);
  console.section('Measured', pointLines(fit.points));
  console.prose('Limit', limitLines(measured, vcpuOf(plan.task)));
  console.prose('Workload', measuredWorkloadLines(fit));
  console.section('Options of a forecast', [workloadOptions(fit.workload)]);
  console.section('Props of the construct', typeof targets === 'string' ? [targets] : targetLines(targets));
  console.result({ plan, workload: fit.workload, points: fit.points, props: typeof targets === 'string' ? {} : targets });
}
