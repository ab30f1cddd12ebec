import type { TaskSize } from '../src/plan/task-size';
import type { Console } from './console';
import { ContainerEngine } from './rehearsal/tasks/container-engine';
import { ContainerRuntime } from './rehearsal/tasks/container-runtime';
import { prepareImage } from './rehearsal/tasks/prepare-image';
import { ProcessRuntime } from './rehearsal/tasks/process-runtime';
import type { TaskRuntime } from './rehearsal/tasks/task-runtime';
import type { TaskProgram } from './task-program';

/**
 * Starts what runs the tasks, says what that is, and builds or pulls the image first where tasks are containers.
 *
 * Call `stop` of what is returned when done.
 */
export async function startRuntime(
  program: TaskProgram,
  size: TaskSize,
  { console, interrupted }: { readonly console: Console; readonly interrupted: Promise<never> },
): Promise<TaskRuntime> {
  const runtime =
    program.kind === 'process'
      ? await ProcessRuntime.start(program.command, size, program.quota)
      : await startContainers(program, size, console, interrupted);
  console.say(`Tasks are ${runtime.description}.`);
  return runtime;
}

async function startContainers(
  { kind, image, container }: Exclude<TaskProgram, { kind: 'process' }>,
  size: TaskSize,
  console: Console,
  interrupted: Promise<never>,
): Promise<TaskRuntime> {
  const engine = await ContainerEngine.open(kind);
  const preparing = prepareImage(engine, image, { onLine: (line) => isStep(line) && console.note(line.trim()), interrupted });
  const name = await console.during(image.kind === 'build' ? 'building the image' : 'looking for the image', preparing);
  return ContainerRuntime.start(kind, { ...container, image: name }, size);
}

/** Of the many lines of a build, those that say how far it is. */
function isStep(line: string): boolean {
  return /^(\[\d+\/\d+\] )?(STEP|Step) |^#\d+ \[/.test(line);
}
