import { expect, test } from 'vitest';
import { commandMistakes, refusal, taskEnvironment } from '../../../../cli/rehearsal/tasks/task-command';

const command = { program: 'nodde', arguments: [], workingDirectory: '/tmp', environment: {} };

test('a task gets the basics and what its command says, and no credentials', () => {
  const tool = { PATH: '/bin', HOME: '/home/me', AWS_SECRET_ACCESS_KEY: 'secret', NODE_OPTIONS: '--inspect' };
  expect(taskEnvironment({ PORT: '8080' }, tool)).toEqual({ PATH: '/bin', HOME: '/home/me', PORT: '8080' });
});

test('what the command says goes before what the tool lends', () => {
  expect(taskEnvironment({ PATH: '/opt/bin' }, { PATH: '/bin' })).toEqual({ PATH: '/opt/bin' });
});

test.each(['/no/such/folder', __filename])('fails when the working directory is %s', (workingDirectory) => {
  expect(commandMistakes({ ...command, workingDirectory })).toEqual([
    `the task's working directory must exist, got '${workingDirectory}': give a folder of this machine`,
  ]);
});

test.each([
  ['nodde', 'ENOENT', "the task's command must exist, got 'nodde': no such program on the PATH"],
  ['./server', 'ENOENT', "the task's command must exist, got './server': no such file from /tmp"],
  [
    './server',
    'EACCES',
    "the task's command must be a program that can be started, got './server': it is not executable, which `chmod +x` changes",
  ],
  ['node', 'EAGAIN', "the task's command must be a program that can be started, got 'node': the system says EAGAIN"],
])('says why %s could not be started after %s', (program, code, sentence) => {
  expect(refusal({ ...command, program }, code)).toBe(sentence);
});
