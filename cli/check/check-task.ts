import type { TaskRuntime } from '../rehearsal/tasks/task-runtime';
import { CheckedTask, type CheckParts } from './checked-task';
import { CHECKS, type Check } from './checks';
import { type Finding, failed, notTried } from './finding';
import { OUT_OF_MEMORY_FIX } from './keeps-memory-flat';

/** A finding, and what was checked. */
export interface NamedFinding extends Finding {
  readonly name: string;
}

/** Starts one task, tries everything on it, and ends it. What it has learned is handed over as soon as it is known. */
export async function checkTask(
  parts: CheckParts,
  runtime: TaskRuntime,
  onFinding: (finding: NamedFinding) => void = () => {},
  checks: readonly Check[] = CHECKS,
): Promise<readonly NamedFinding[]> {
  const task = await CheckedTask.start(parts, runtime);
  const findings: NamedFinding[] = [];
  for (const check of checks) {
    const finding = { name: check.name, ...(await tryOn(task, check)) };
    findings.push(finding);
    onFinding(finding);
  }
  task.held?.close();
  await task.process.stop(0);
  return findings;
}

async function tryOn(task: CheckedTask, { needs, find }: Check): Promise<Finding> {
  if (needs === 'a task that serves' && !task.isServing) return notTried('the task was never healthy');
  if (needs === 'a task that serves' && task.hasEnded) return notTried('the task had ended');
  if (needs === 'a task that was stopped' && task.stop === undefined) return notTried('the task was not told to stop');
  const finding = await find(task);
  const hasDied = needs === 'a task that serves' && task.hasEnded && task.stop === undefined;
  // whatever else is seen of a task that was killed for its memory comes of that.
  if (hasDied && task.isOutOfMemory) return failed(`meanwhile the task ${task.endInWords}`, OUT_OF_MEMORY_FIX);
  return hasDied && finding.verdict !== 'failed' ? failed(`meanwhile the task ${task.endInWords}`, SEE_LAST_LINES) : finding;
}

const SEE_LAST_LINES = 'see its last lines: a load like this must not end it';
