import {
  ContainerEngine,
  ContainerRuntime,
  prepareImage,
  readImageSettings,
} from '../../rehearsal/task-runtime/container/container-runtime';
import { ProcessRuntime } from '../../rehearsal/task-runtime/process/process-runtime';
import type { TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import type { TaskSize } from '../../src/plan/task-size';
import type { Console } from '../output/console';
import type { ImageProgram, TaskProgram } from './task-program';

/**
 * Starts the runtime of the tasks and prints which it is. If tasks are containers, builds or pulls the image first.
 *
 * Call `stop` of the result when done.
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
  console.print(`Tasks are ${runtime.description}.`);
  return runtime;
}

async function startContainers(
  { kind, image, container, isPortAssumed = false }: ImageProgram,
  size: TaskSize,
  console: Console,
  interrupted: Promise<never>,
): Promise<TaskRuntime> {
  const engine = await ContainerEngine.open(kind);
  const preparing = prepareImage(engine, image, { onLine: (line) => isBuildStep(line) && console.printProgress(line.trim()), interrupted });
  const imageName = await console.withProgress(image.kind === 'build' ? 'building the image' : 'looking for the image', preparing);
  const { exposedPorts, hasHealthCheck } = await readImageSettings(engine, imageName);
  if (hasHealthCheck)
    console.print(
      'The image has a HEALTHCHECK, which ECS does not run, and neither does this command: a container needs one of its own in the task definition.',
    );
  const port = isPortAssumed && exposedPorts.length === 1 ? exposedPorts[0]! : container.port;
  if (port !== container.port)
    console.print(`Tasks are reached at port ${port}, which the image exposes: with the construct, set containerPort: ${port}.`);
  return ContainerRuntime.start(kind, { ...container, port, image: imageName }, size);
}

/** Whether a line of a build reports its progress. */
function isBuildStep(line: string): boolean {
  return /^(\[\d+\/\d+\] )?(STEP|Step) |^#\d+ \[/.test(line);
}
