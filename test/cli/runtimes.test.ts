import { afterAll, expect, test } from 'vitest';
import { runCommand } from './run-command';
import { fileWith, shopTemplate } from './shop-template';
import { tasksLeft } from './tasks-left';

// what the commands find here, whether there is an engine or not.
process.env['DOCKER_HOST'] = 'unix:///no/such/socket';

/** Tells the tasks of this test from others in a list of processes. */
const MARK = `runtimes-test-${process.pid}`;

const template = fileWith(shopTemplate());
afterAll(() => template.remove());

test.each<[string, readonly string[], RegExp]>([
  ['a runtime that there is not', ['--runtime', 'lxc'], /^error: --runtime must be one of process, docker, podman, got 'lxc'\n$/],
  ['a command of a container', ['--runtime', 'docker', '--command', 'x'], /^error: --command must go with --runtime process/],
  [
    'an engine that does not run',
    ['--runtime', 'docker'],
    /error: --runtime docker must .* or use --runtime process, which needs no engine\n$/,
  ],
])('%s is bad input to each command', async (_, words, sentence) => {
  for (const command of ['check', 'measure', 'rehearse']) {
    const { exitCode, stderr } = await runCommand([command, '--template', template.path, ...words]);
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(2);
  }
});

test.each(['measure', 'rehearse'])(
  'a command that exits at once is bad input to %s, with its last lines, and leaves nothing running',
  async (command) => {
    const server = `node -e "console.error('no database'); process.exitCode = 3; /* ${MARK} */"`;
    const { exitCode, stderr } = await runCommand([command, '--template', template.path, '--command', server]);
    expect(stderr).toContain('got a process that ended with exit code 3\nits last lines:\nno database\n');
    expect(exitCode).toBe(2);
    expect(tasksLeft(MARK)).toEqual([]);
  },
);

test('a task that needs more memory than it has is bad input, and says so', async () => {
  const server = `node -e "const held = []; setInterval(() => held.push(Buffer.alloc(2 ** 25, 1)), 5)"`;
  const { exitCode, stderr } = await runCommand(['measure', '--template', template.path, '--command', server]);
  expect(stderr).toContain('got a process that ended with exit code 137, OutOfMemoryError: it needed more memory than it has\n');
  expect(exitCode).toBe(2);
});

test('what holds the tasks to their CPU is said', async () => {
  const server = `node -e "process.exitCode = 3"`;
  const { stdout } = await runCommand(['measure', '--template', template.path, '--command', server, '--quota', 'duty-cycle']);
  expect(stdout).toContain('\nTasks are processes, CPU quota by stopping and continuing');
});
