import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContainerStarter, parseContainerState } from '../../../../rehearsal/task-runtime/container/container-starter';
import { ownerId } from '../../../../rehearsal/task-runtime/process/owner-id';
import type { TaskLaunch } from '../../../../rehearsal/task-runtime/supervisor/supervised-task';
import { SpedUpClock } from '../../../../src/time/sped-up-clock';
import { standInForDocker } from '../engine-stand-in';
import { processState } from '../process-state';

const LAUNCH: TaskLaunch = {
  kind: 'container',
  container: { image: 'shop:1', port: 8080, environment: {}, readonlyRootFilesystem: true, initProcessEnabled: true },
  port: 4711,
};
const SIZE = { cpu: 256, memoryMiB: 512 };

async function openStarter(): Promise<ContainerStarter> {
  const clock = new SpedUpClock(1);
  const starter = await ContainerStarter.open('docker', clock);
  onTestFinished(() => {
    starter.close();
    clock.stop();
  });
  return starter;
}

test('a container that ends before it is inspected has run, and reports how it ended', async () => {
  standInForDocker(`
    case "$1 $*" in
      run*) echo bye; echo $$ > $HERE/new; mv $HERE/new $HERE/client; exit 3 ;;
      inspect*Status*)
        while [ ! -e $HERE/client ]; do sleep 0.01; done
        while kill -0 $(cat $HERE/client) 2> $HERE/gone; do sleep 0.01; done
        sleep 0.1
        echo 'id 0 exited {}' ;;
      inspect*ExitCode*) echo 3 false false ;;
    esac`);
  const task = await (await openStarter()).start(1, LAUNCH, SIZE);
  expect(await task.exited).toMatchObject({ code: 3, signal: null, lastOutput: 'bye' });
  expect(task.cpuSeconds()).toBe(0);
});

test('a failed command of the engine is reported in the output of the task, and its CPU is counted as before', async () => {
  standInForDocker(`
    case "$1 $*" in
      run*) exec sleep 600 ;;
      inspect*Status*) echo 'id 0 exited {}' ;;
      inspect*Running*) echo true ;;
      update*) echo 'no such quota' >&2; exit 1 ;;
      pause*) exit 1 ;;
    esac`);
  const task = await (await openStarter()).start(1, LAUNCH, SIZE);
  onTestFinished(() => void process.kill(task.processId, 'SIGKILL'));
  task.setRelativeSpeed(0.5);
  task.pause();
  await expect.poll(() => task.output.text, { timeout: 20_000 }).toContain('docker pause failed: Command failed');
  expect(task.output.text).toContain('docker update failed: no such quota');
});

test('closing kills a container that is still starting, and leaves no folder', async () => {
  const folder = standInForDocker(
    `case "$1" in run) pwd > $HERE/where; echo $$ > $HERE/new; mv $HERE/new $HERE/client; exec sleep 600 ;; esac`,
  );
  const starter = await openStarter();
  const failed = expect(starter.start(1, LAUNCH, SIZE)).rejects.toThrow('docker cannot run the image');
  await expect.poll(() => existsSync(join(folder, 'client')), { timeout: 20_000 }).toBe(true);
  const client = Number(readFileSync(join(folder, 'client'), 'utf8'));
  expect(readFileSync(join(folder, 'where'), 'utf8')).toContain(join(tmpdir(), ownerId()));
  starter.close();
  await failed;
  expect(processState(client)).toBeUndefined();
  expect(existsSync(join(tmpdir(), ownerId()))).toBe(false);
});

test.each<[string, string, object]>([
  ['nothing yet', '', { id: '', processId: 0, status: undefined, stopSignal: 'SIGTERM' }],
  ['no stop signal', 'a1 7 running {"Image":"shop"}', { id: 'a1', processId: 7, status: 'running', stopSignal: 'SIGTERM' }],
  ['a name', 'a1 7 running {"StopSignal":"SIGQUIT"}', { id: 'a1', processId: 7, status: 'running', stopSignal: 'SIGQUIT' }],
  ['a number, as Podman prints it', 'a1 0 exited {"StopSignal":28}', { id: 'a1', processId: 0, status: 'exited', stopSignal: '28' }],
])('reads the state of a container with %s', (_, printed, state) => {
  expect(parseContainerState(printed)).toEqual(state);
});
