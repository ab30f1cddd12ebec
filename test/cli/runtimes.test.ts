import { afterAll, expect, test } from 'vitest';
import { runCommand } from './run-command';
import { runCommandHere } from './run-command-here';
import { fileWith, shopTemplate } from './shop-template';
import { tasksLeft } from './tasks-left';

// the commands find no engine, whether this machine has one or not.
process.env['DOCKER_HOST'] = 'unix:///no/such/socket';

/** Identifies the tasks of this test in a list of processes. */
const MARK = `runtimes-test-${process.pid}`;

const template = fileWith(shopTemplate());
afterAll(() => template.remove());

test.each<[string, readonly string[], RegExp]>([
  ['an unknown runtime', ['--runtime', 'lxc'], /^error: --runtime must be one of process, docker, podman, got 'lxc'\n$/],
  [
    'a command that needs a shell',
    ['--command', 'cd a && node b.js'],
    /^error: --command runs without a shell, .*: type --command "sh -c '/,
  ],
  [
    'an engine that does not run',
    ['--runtime', 'docker'],
    /error: --runtime docker needs .* or use --runtime process, which needs no engine\n$/,
  ],
])('%s is an input error of each command', async (_, args, message) => {
  for (const command of ['check', 'measure', 'rehearse']) {
    const { exitCode, stderr } = await runCommandHere([command, '--template', template.path, ...args]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  }
});

test.each(['measure', 'rehearse'])(
  'a command that exits at once is an input error of %s, with its last lines, and leaves no process',
  async (command) => {
    const server = `node -e "console.error('no database'); process.exitCode = 3; /* ${MARK} */"`;
    const { exitCode, stderr } = await runCommand([command, '--template', template.path, '--command', server]);
    expect(stderr).toContain('got a process that ended with exit code 3\nits last lines:\nno database\n');
    expect(exitCode).toBe(2);
    expect(tasksLeft(MARK)).toEqual([]);
  },
);

test('a task that exceeds its memory is an input error that says so', async () => {
  const server = `node -e "const held = []; setInterval(() => held.push(Buffer.alloc(2 ** 25, 1)), 5)"`;
  const { exitCode, stderr } = await runCommand(['measure', '--template', template.path, '--command', server]);
  expect(stderr).toContain('got a process that ended with exit code 137, OutOfMemoryError: it needed more memory than it has\n');
  expect(exitCode).toBe(2);
});

test('prints what limits the CPU of the tasks', async () => {
  const server = `node -e "process.exitCode = 3"`;
  const { stdout } = await runCommand(['measure', '--template', template.path, '--command', server, '--quota', 'sigstop']);
  expect(stdout).toContain('\nTasks are processes, CPU quota by SIGSTOP and SIGCONT');
});
