import { vcpuOf } from '../src/plan/task-size';
import { checkTask, type NamedFinding } from './check/check-task';
import { readContainerImage } from './check/container-image';
import type { CheckArguments } from './check-arguments';
import { Console } from './console';
import { pathsOf } from './reference-service';
import { ProcessRuntime } from './rehearsal/tasks/process-runtime';
import { findingLines, summary } from './render/findings';
import { readTaskSource, type TaskSource } from './task-source';

/** Checks a task, prints what was found, and returns one sentence for each thing that failed. */
export async function checkCommand(args: CheckArguments, interrupted: Promise<never>): Promise<string[]> {
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
    return findings.filter(({ verdict }) => verdict === 'failed').map(({ name, reason }) => `${name}: ${reason}`);
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
  const { plan, command } = source;
  const paths = args.paths ?? pathsOf(command.workingDirectory);
  const parts = { plan, folder: command.workingDirectory, paths, image: readContainerImage(source), isThorough: args.isThorough };
  const runtime = await ProcessRuntime.start(command, plan.task);
  try {
    const say = (finding: NamedFinding): void => {
      for (const line of findingLines(finding)) console.say(line);
    };
    const work = Promise.race([checkTask(parts, runtime, say), runtime.lost, interrupted]);
    return await console.during('checking', work);
  } finally {
    await runtime.stop();
  }
}
