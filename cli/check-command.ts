import { vcpuOf } from '../src/plan/task-size';
import { checkTask, type NamedFinding } from './check/check-task';
import { readContainerImage } from './check/container-image';
import { readImageOnEngine } from './check/image-on-engine';
import type { CheckArguments } from './check-arguments';
import { Console } from './console';
import { pathsOf } from './reference-service';
import { ContainerRuntime } from './rehearsal/tasks/container-runtime';
import { findingLines, summary } from './render/findings';
import { startRuntime } from './start-runtime';
import { readTaskSource, type TaskSource } from './task-source';

/** Checks a task, prints what was found, and says whether nothing failed. */
export async function checkCommand(args: CheckArguments, interrupted: Promise<never>): Promise<boolean> {
  const console = new Console(args.json);
  const source = await console.during('synthesizing', readTaskSource(args.task, interrupted));
  try {
    const { service, task } = source.plan;
    console.say(
      `Checking one task of ${service}, ${vcpuOf(task)} vCPU and ${task.memoryMiB} MiB, about ${args.isThorough ? 75 : 25} seconds …`,
    );
    console.say();
    const findings = await check(args, source, console, interrupted);
    console.say(`\n${summary(findings)}`);
    console.result({ service, findings });
    return findings.every(({ verdict }) => verdict !== 'failed');
  } finally {
    source.remove();
  }
}

async function check(
  args: CheckArguments,
  source: TaskSource,
  console: Console,
  interrupted: Promise<never>,
): Promise<readonly NamedFinding[]> {
  const { plan, program } = source;
  const paths = args.paths ?? pathsOf(program.folder);
  const runtime = await startRuntime(program, plan.task, { console, interrupted });
  try {
    const onEngine = runtime instanceof ContainerRuntime ? await readImageOnEngine(runtime) : undefined;
    const parts = { plan, folder: program.folder, paths, image: readContainerImage(source), onEngine, isThorough: args.isThorough };
    let isInterrupted = false;
    // what is found while everything is being ended says nothing of the task.
    interrupted.catch(() => {
      isInterrupted = true;
    });
    const say = (finding: NamedFinding): void => {
      if (isInterrupted) return;
      for (const line of findingLines(finding)) console.say(line);
    };
    const work = Promise.race([checkTask(parts, runtime, say), runtime.lost, interrupted]);
    return await console.during('checking', work);
  } finally {
    await runtime.stop();
  }
}
