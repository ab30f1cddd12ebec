import { expect, test } from 'vitest';
import { commandErrors, formatSpawnError, taskEnvironment } from '../../../rehearsal/task-runtime/task-command';

const command = { program: 'nodde', arguments: [], workingDirectory: '/tmp', environment: {} };

test('a task inherits the basic variables and no credentials', () => {
  const parent = { PATH: '/bin', HOME: '/home/me', AWS_SECRET_ACCESS_KEY: 'secret', NODE_OPTIONS: '--inspect' };
  expect(taskEnvironment({ PORT: '8080' }, parent)).toEqual({ PATH: '/bin', HOME: '/home/me', PORT: '8080' });
});

test('the own variables of a task override the inherited ones', () => {
  expect(taskEnvironment({ PATH: '/opt/bin' }, { PATH: '/bin' })).toEqual({ PATH: '/opt/bin' });
});

test.each(['/no/such/folder', __filename])('rejects the working directory %s', (workingDirectory) => {
  expect(commandErrors({ ...command, workingDirectory })).toEqual([
    `the task's working directory '${workingDirectory}' does not exist: give a folder of this machine`,
  ]);
});

test.each([
  ['nodde', 'ENOENT', "the task's command 'nodde' does not exist: no such program on the PATH"],
  ['./server', 'ENOENT', "the task's command './server' does not exist: no such file from /tmp"],
  ['./server', 'EACCES', "the task's command './server' cannot be started: it is not executable, which `chmod +x` changes"],
  ['node', 'EAGAIN', "the task's command 'node' cannot be started: the system reports EAGAIN"],
])('reports why %s could not be started after %s', (program, code, message) => {
  expect(formatSpawnError({ ...command, program }, code)).toBe(message);
});
