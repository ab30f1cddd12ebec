import { expect, test } from 'vitest';
import { standInForDocker } from '../rehearsal/task-runtime/engine-stand-in';
import { runCommand } from './run-command';

/** A terminal sends Ctrl-C to the command and to the engine's command that it waits for, which fails. */
const ENDED_BY_CTRL_C = 'kill -s INT $PPID; exit 1';

test('a Ctrl-C that also ends a program of another one is no error of that', async () => {
  standInForDocker(ENDED_BY_CTRL_C);
  expect(await runCommand(['check', '--runtime', 'docker', '--image', 'shop:1'])).toMatchObject({ exitCode: 130, stderr: '' });
});

test('an error without a Ctrl-C stays that error', async () => {
  standInForDocker('echo "no engine" >&2; exit 1');
  const { exitCode, stderr } = await runCommand(['check', '--runtime', 'docker', '--image', 'shop:1']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining("docker reports 'no engine'") });
});
