import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ContainerStarter } from '../../../../cli/rehearsal/tasks/container-starter';
import { ownerName } from '../../../../cli/rehearsal/tasks/owner-name';
import type { TaskLaunch } from '../../../../cli/rehearsal/tasks/task-starter';
import { WallTime } from '../../../../src/time/wall-time';
import { standInForDocker } from './engine-stand-in';
import { processState } from './process-state';

const LAUNCH: TaskLaunch = {
  kind: 'container',
  container: { image: 'shop:1', port: 8080, environment: {}, hasReadOnlyRoot: true, hasInitProcess: true },
  port: 4711,
};
const SIZE = { cpu: 256, memoryMiB: 512 };

async function openStarter(): Promise<ContainerStarter> {
  const time = new WallTime(1);
  const starter = await ContainerStarter.open('docker', time);
  onTestFinished(() => {
    starter.close();
    time.stop();
  });
  return starter;
}

test('a container that ends before it is looked at has run, and tells how it ended', async () => {
  standInForDocker(`
    case "$1 $*" in
      run*) echo bye; echo $$ > $HERE/new; mv $HERE/new $HERE/client; exit 3 ;;
      inspect*Status*)
        while [ ! -e $HERE/client ]; do sleep 0.01; done
        while kill -0 $(cat $HERE/client) 2> $HERE/gone; do sleep 0.01; done
        sleep 0.1
        echo id 0 exited ;;
      inspect*ExitCode*) echo 3 false false ;;
    esac`);
  const task = await (await openStarter()).start(1, LAUNCH, SIZE);
  expect(await task.exited).toMatchObject({ code: 3, signal: null, lastOutput: 'bye' });
  expect(task.cpuSeconds()).toBe(0);
});

test('what the engine refuses is told where the output of the task is, and its CPU is counted as before', async () => {
  standInForDocker(`
    case "$1 $*" in
      run*) exec sleep 600 ;;
      inspect*Status*) echo id 0 exited ;;
      inspect*Running*) echo true ;;
      update*) echo 'no such quota' >&2; exit 1 ;;
      pause*) exit 1 ;;
    esac`);
  const task = await (await openStarter()).start(1, LAUNCH, SIZE);
  onTestFinished(() => void process.kill(task.processId, 'SIGKILL'));
  task.setSpeed(0.5);
  task.freeze();
  await expect.poll(() => task.output.text, { timeout: 20_000 }).toContain('docker pause must work on a running task, got: Command failed');
  expect(task.output.text).toContain('docker update must work on a running task, got: no such quota');
});

test('a container that is under way at the end is not started any more, and no folder is left', async () => {
  const folder = standInForDocker(
    `case "$1" in run) pwd > $HERE/where; echo $$ > $HERE/new; mv $HERE/new $HERE/client; exec sleep 600 ;; esac`,
  );
  const starter = await openStarter();
  const refused = expect(starter.start(1, LAUNCH, SIZE)).rejects.toThrow('docker must be able to run the image');
  await expect.poll(() => existsSync(join(folder, 'client')), { timeout: 20_000 }).toBe(true);
  const client = Number(readFileSync(join(folder, 'client'), 'utf8'));
  expect(readFileSync(join(folder, 'where'), 'utf8')).toContain(join(tmpdir(), ownerName()));
  starter.close();
  await refused;
  expect(processState(client)).toBeUndefined();
  expect(existsSync(join(tmpdir(), ownerName()))).toBe(false);
});
