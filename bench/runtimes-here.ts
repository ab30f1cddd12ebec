import { execFileSync } from 'node:child_process';
import { ContainerRuntime } from '../rehearsal/task-runtime/container/container-runtime';
import { withRemedies } from '../rehearsal/task-runtime/container/engine-remedies';
import { limitArguments, readHardLimits } from '../rehearsal/task-runtime/container/podman-limits';
import { findControlGroupParent } from '../rehearsal/task-runtime/limits/cgroup-folders';
import { ProcessRuntime } from '../rehearsal/task-runtime/process/process-runtime';
import { CONTAINER_ENGINES, type ContainerEngineName } from '../rehearsal/task-runtime/task-container';
import type { TaskRuntime } from '../rehearsal/task-runtime/task-runtime';
import type { TaskSize } from '../src/plan/task-size';
import { buildNodeImage, NODE_IMAGE } from './node-image';

/** Something that runs Node scripts as tasks. */
export interface RuntimeHere {
  readonly name: string;
  readonly start: (script: string, size: TaskSize) => Promise<TaskRuntime>;
}

/** The task runtimes of this machine. Prints those that it leaves out, and why. */
export function runtimesHere(say: (line: string) => void): RuntimeHere[] {
  const parent = findControlGroupParent();
  if ('unavailable' in parent) say(`skipped: process by cgroup: ${parent.unavailable}`);
  const quotas = 'unavailable' in parent ? (['sigstop'] as const) : (['cgroup', 'sigstop'] as const);
  const processes = quotas.map((quota) => ({
    name: `process, ${quota}`,
    start: (script: string, size: TaskSize) =>
      ProcessRuntime.start(
        { program: process.execPath, arguments: ['-e', script], workingDirectory: process.cwd(), environment: {} },
        size,
        quota,
      ),
  }));
  const engines = CONTAINER_ENGINES.filter((engine) => isReady(engine, say)).map((engine) => ({
    name: engine,
    start: (script: string, size: TaskSize) => ContainerRuntime.start(engine, containerOf(script), size),
  }));
  return [...processes, ...engines];
}

function containerOf(script: string) {
  return {
    image: NODE_IMAGE,
    port: 8080,
    environment: {},
    command: ['node', '-e', script],
    readonlyRootFilesystem: true,
    initProcessEnabled: true,
  };
}

/** What a task needs of an engine: a CPU quota, a memory limit, an init process, a port. Not every engine that responds supports them. */
function trialArguments(engine: ContainerEngineName): string[] {
  const limits = ['--cpus', '0.25', '--memory', '128m', ...limitArguments(engine, readHardLimits())];
  return ['run', '--rm', '--init', '--read-only', ...limits, '--publish', '127.0.0.1::8080', NODE_IMAGE, 'node', '--version'];
}

/** An engine that takes longer to answer, or to run nothing, is of no use for tests. */
const TIMEOUT_MILLIS = 60_000;

/** Whether an engine responds, builds the image of this machine's Node, and runs it as a task. */
export function isReady(engine: ContainerEngineName, say: (line: string) => void): boolean {
  try {
    // without a format the command of Docker exits with 0 where no engine runs.
    execFileSync(engine, ['info', '--format', '{{json .}}'], { timeout: TIMEOUT_MILLIS, stdio: ['ignore', 'ignore', 'pipe'] });
    buildNodeImage(engine);
    execFileSync(engine, trialArguments(engine), { timeout: TIMEOUT_MILLIS, stdio: ['ignore', 'ignore', 'pipe'] });
    return true;
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: Buffer };
    say(`skipped: ${engine}: ${withRemedies((stderr?.toString().trim() || message).split('\n').at(-1)!)}`);
    return false;
  }
}
