import { onTestFinished } from 'vitest';
import { ProcessRuntime } from '../../rehearsal/task-runtime/process/process-runtime';
import type { TaskCommand } from '../../rehearsal/task-runtime/task-command';
import type { TaskSize } from '../../src/plan/task-size';

/** A core, and more memory than any of the small programs needs. */
const LARGE: TaskSize = { cpu: 1024, memoryMiB: 2048 };

/** Runs tasks as processes, and ends them with the test. */
export async function processRuntimeOf(command: TaskCommand, size = LARGE): Promise<ProcessRuntime> {
  const runtime = await ProcessRuntime.start(command, size);
  onTestFinished(() => runtime.stop());
  return runtime;
}
