import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OneOffTasks } from '../../../emulation/live/one-off-tasks';
import type { TaskExit, TaskHandle } from '../../../rehearsal/task-runtime/task-runtime';
import { SimulatedClock } from '../../../src/time/simulated-clock';

const PROVISIONED_SECONDS = 600;

/** A task that runs until it is stopped, or exits by itself, with a status other than 0. */
async function running() {
  const clock = new SimulatedClock();
  const lines: string[] = [];
  let exit: () => void = () => {};
  const exited = new Promise<TaskExit>((resolve) => {
    exit = () => resolve({ code: 143, signal: null, isOutOfMemory: false, lastOutput: 'the end' });
  });
  const handle = { port: 1, exited, stop: () => exit() } as unknown as TaskHandle;
  const tasks = new OneOffTasks({
    clock,
    programOf: async () => ({ size: { cpu: 256, memoryMiB: 512 }, runtime: { run: async () => handle } }) as never,
    logs: { write: () => {}, end: () => {} } as never,
    onFailure: (line) => lines.push(line),
  });
  const taskDefinition = { arn: 'load:1', family: 'load', settings: {} };
  const record = tasks.run({
    region: 'us-east-1',
    clusterName: 'c',
    clusterArn: 'c',
    taskDefinition,
    overrides: {},
    launchType: 'FARGATE',
  });
  clock.runUntil(PROVISIONED_SECONDS);
  await expect.poll(() => record.status).toBe('RUNNING');
  const ended = async (): Promise<readonly string[]> => {
    await expect.poll(() => record.status).toBe('STOPPED');
    await turn();
    return lines;
  };
  return { tasks, record, exit, ended };
}

test('a task that fails is reported with the end of its output', async () => {
  const { exit, ended } = await running();
  exit();
  expect(await ended()).toEqual(['load: a task ended with exit code 143\n  the end']);
});

test('a task that StopTask has stopped has not failed, whatever its exit code is', async () => {
  const { tasks, record, ended } = await running();
  tasks.stop(record.arn, 'it is over');
  expect(await ended()).toEqual([]);
  expect(record.stopReason).toEqual({ stopCode: 'UserInitiated', stoppedReason: 'it is over' });
});
